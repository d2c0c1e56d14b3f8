import Foundation
import MaxConnector
import MaxCore
import MaxHub
import Synchronization
import Testing

@testable import MaxVault

@Suite struct RotationTests {
    /// Three connections with four secrets, one of them staged.
    private func fill(_ project: Project) async throws {
        let vault = project.vault()
        for connection in [ConnectionID.one, .two, .three] {
            try await vault.store(connection).set("token", SecretValue("token of \(connection.rawValue)"))
        }
        try await vault.credentials(of: .one, staged: true, purpose: "setup").set("new", SecretValue("staged"))
    }

    private func expectEverythingOpens(
        _ project: Project, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let vault = project.vault()
        for connection in [ConnectionID.one, .two, .three] {
            let text = try await vault.text("token", of: connection)
            #expect(text == "token of \(connection.rawValue)", sourceLocation: sourceLocation)
        }
        let staged = try await vault.credentials(of: .one, staged: true, purpose: "setup").get("new")
        #expect(staged?.matches(SecretValue("staged")) == true, sourceLocation: sourceLocation)
    }

    private func expectOneKeyForAll(
        _ project: Project, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let status = try await project.vault().status()
        #expect(status.olderKeys.isEmpty, sourceLocation: sourceLocation)
        #expect(status.use.map(\.key) == [status.currentKey], sourceLocation: sourceLocation)
        #expect(status.lockedConnections.isEmpty, sourceLocation: sourceLocation)
        #expect(project.keyCount == 1, sourceLocation: sourceLocation)
    }

    @Test func `replaces every key and loses nothing`() async throws {
        let project = try Project()
        try await fill(project)
        let before = project.rows.now
        let old = try #require(try await project.vault().status().currentKey)
        let steps = Mutex<[RotationStep]>([])
        let report = try await project.vault().rotate { step in steps.withLock { $0.append(step) } }
        let after = project.rows.now
        #expect(report.currentKey != old)
        #expect(report.droppedKeys == [old])
        #expect(report.connections == 3)
        #expect(report.secrets == 4)
        #expect(report.skipped.isEmpty)
        #expect(!report.isContinuation)
        #expect(
            steps.withLock { $0 } == [
                .madeMasterKey(report.currentKey), .rekeyed(.one, secrets: 2), .rekeyed(.three, secrets: 1),
                .rekeyed(.two, secrets: 1), .droppedMasterKeys([old]),
            ])
        #expect(Set(before.keys.map(\.id)).isDisjoint(with: after.keys.map(\.id)))
        #expect(Set(before.secrets.map(\.ciphertext)).isDisjoint(with: after.secrets.map(\.ciphertext)))
        try await expectEverythingOpens(project)
        try await expectOneKeyForAll(project)
    }

    @Test(arguments: [false, true])
    func `goes on after a kill at any access to the store`(stopsAfter: Bool) async throws {
        var call = 0
        var isKilled = true
        while isKilled {
            call += 1
            let project = try Project(stopsAfter: stopsAfter)
            try await fill(project)
            let original = try #require(try await project.vault().status().currentKey)
            let vault = project.vault()
            project.rows.stop(at: call)
            do {
                _ = try await vault.rotate { _ in }
                isKilled = false
            } catch is ScriptedRows.Killed {}
            project.rows.stop(at: nil)
            try await expectEverythingOpens(project)
            if isKilled { _ = try await project.vault().rotate { _ in } }
            try await expectEverythingOpens(project)
            try await expectOneKeyForAll(project)
            #expect(try await project.vault().status().currentKey != original)
        }
        #expect(call > 15)
    }

    @Test(arguments: 0..<2, VaultKeyFile.Step.allCases)
    func `goes on after a kill at any step of writing the key file`(
        _ time: Int, _ step: VaultKeyFile.Step
    ) async throws {
        let project = try Project()
        try await fill(project)
        let original = try #require(try await project.vault().status().currentKey)
        let seen = Mutex(0)
        let vault = project.vault { reached in
            guard reached == step else { return }
            let count = seen.withLock { seen in
                seen += 1
                return seen
            }
            if count == time + 1 { throw ScriptedRows.Killed() }
        }
        await #expect(throws: ScriptedRows.Killed.self) { _ = try await vault.rotate { _ in } }
        try await expectEverythingOpens(project)
        _ = try await project.vault().rotate { _ in }
        try await expectEverythingOpens(project)
        try await expectOneKeyForAll(project)
        #expect(try await project.vault().status().currentKey != original)
    }

    @Test func `says that it continues and makes no further key`() async throws {
        let project = try Project()
        try await fill(project)
        let vault = project.vault()
        project.rows.on(.rekey, 2) { throw ScriptedRows.Killed() }
        await #expect(throws: ScriptedRows.Killed.self) { _ = try await vault.rotate { _ in } }
        #expect(project.keyCount == 2)
        let current = try #require(try await project.vault().status().currentKey)
        let steps = Mutex<[RotationStep]>([])
        let report = try await project.vault().rotate { step in steps.withLock { $0.append(step) } }
        #expect(report.isContinuation)
        #expect(report.currentKey == current)
        #expect(report.connections == 2)
        #expect(steps.withLock { $0.first } == .continuing)
    }

    @Test func `starts again with a connection that changes meanwhile`() async throws {
        let project = try Project()
        try await fill(project)
        let other = project.vault()
        project.rows.on(.rekey, 1) {
            try await other.store(.one).set("token", SecretValue("changed meanwhile"))
        }
        _ = try await project.vault().rotate { _ in }
        #expect(try await project.vault().text("token", of: .one) == "changed meanwhile")
        #expect(try await other.text("token", of: .one) == "changed meanwhile")
        try await expectOneKeyForAll(project)
    }

    @Test func `lets a secret through whose data key vanished on its way`() async throws {
        let project = try Project()
        try await fill(project)
        let (other, rotating) = (project.vault(), project.vault())
        project.rows.on(.put, 1) { _ = try await rotating.rotate { _ in } }
        try await other.store(.one).set("token", SecretValue("late"))
        #expect(try await project.vault().text("token", of: .one) == "late")
        try await expectOneKeyForAll(project)
    }

    @Test func `lets a reader through whose data key vanished on its way`() async throws {
        let project = try Project()
        try await fill(project)
        let (other, rotating) = (project.vault(), project.vault())
        project.rows.on(.secret, 1, after: true) { _ = try await rotating.rotate { _ in } }
        #expect(try await other.text("token", of: .one) == "token of con_one")
    }

    @Test func `keeps a key that someone used while it was being dropped`() async throws {
        let project = try Project()
        try await fill(project)
        let late = ConnectionID(rawValue: "con_late")
        let sealed = try await project.vault().seal(SecretValue("late"), field: "token", for: late)
        project.rows.on(.retire, 1) { [rows = project.rows] in try await rows.put(sealed) }
        let report = try await project.vault().rotate { _ in }
        #expect(report.droppedKeys.count == 1)
        let secret = try await project.vault().credentials(of: late, staged: true, purpose: "test").get("token")
        #expect(secret?.matches(SecretValue("late")) == true)
        try await expectOneKeyForAll(project)
    }

    @Test func `seals anew for a first secret whose master key was dropped on its way`() async throws {
        let project = try Project()
        try await fill(project)
        let (other, rotating) = (project.vault(), project.vault())
        let first = ConnectionID(rawValue: "con_first")
        project.rows.on(.put, 1) { _ = try await rotating.rotate { _ in } }
        try await other.store(first).set("token", SecretValue("late"))
        try await other.store(first).set("cookie", SecretValue("later"))
        #expect(try await project.vault().text("token", of: first) == "late")
        #expect(try await project.vault().text("cookie", of: first) == "later")
        try await expectOneKeyForAll(project)
    }

    @Test func `gives up on a process that holds nothing but a key the owner replaced`() async throws {
        let project = try Project()
        let (old, new) = (MasterKey.random(), MasterKey.random())
        let left = project.vault(.value(SecretValue(old.text)))
        let late = try await left.seal(SecretValue("late"), field: "token", for: .two)
        let report = try await project.vault(.value(SecretValue("\(new.text),\(old.text)"))).rotate { _ in }
        #expect(report.removableKeys == [old.id])
        #expect(try await refusal { try await project.rows.put(late) }.code == .dataKeyGone)
        #expect(try await refusal { try await left.store(.two).set("token", SecretValue("x")) }.code == .dataKeyGone)
        #expect(project.rows.now.keys.isEmpty)
    }

    @Test func `calls no key removable that someone used meanwhile`() async throws {
        let project = try Project()
        let (old, new) = (MasterKey.random(), MasterKey.random())
        let left = project.vault(.value(SecretValue(old.text)))
        project.rows.on(.retire, 1) { try await left.store(.two).set("token", SecretValue("late")) }
        let report = try await project.vault(.value(SecretValue("\(new.text),\(old.text)"))).rotate { _ in }
        #expect(report.removableKeys == [old.id])
        #expect(report.connections == 1)
        #expect(try await project.vault(.value(SecretValue(new.text))).text("token", of: .two) == "late")
    }

    @Test func `goes on in other processes that hold the old key`() async throws {
        let project = try Project()
        try await fill(project)
        let running = project.vault()
        #expect(try await running.text("token", of: .one) == "token of con_one")
        _ = try await project.vault().rotate { _ in }
        #expect(try await running.text("token", of: .one) == "token of con_one")
        try await running.store(ConnectionID(rawValue: "con_new")).set("token", SecretValue("new"))
        try await expectOneKeyForAll(project)
        #expect(try await running.fingerprint([1]) == project.vault().fingerprint([1]))
    }

    @Test func `loses nothing while others write and read`() async throws {
        let project = try Project()
        try await fill(project)
        let (writer, rotating) = (project.vault(), project.vault())
        try await withThrowingTaskGroup { group in
            for number in 0..<40 {
                group.addTask {
                    let store = writer.store([ConnectionID.one, .two, .three][number % 3])
                    try await store.set("field\(number)", SecretValue("value \(number)"))
                    #expect(try await store.get("field\(number)")?.matches(SecretValue("value \(number)")) == true)
                }
            }
            for _ in 0..<3 { group.addTask { _ = try await rotating.rotate { _ in } } }
            try await group.waitForAll()
        }
        let vault = project.vault()
        for number in 0..<40 {
            let connection = [ConnectionID.one, .two, .three][number % 3]
            #expect(try await vault.text("field\(number)", of: connection) == "value \(number)")
        }
        try await expectEverythingOpens(project)
        try await expectOneKeyForAll(project)
    }

    @Test func `skips and names what it cannot read`() async throws {
        let project = try Project()
        try await fill(project)
        let foreign = ConnectionID(rawValue: "con_foreign")
        let given = MasterKeySource.value(SecretValue(KeyRingTests.base64))
        try await project.vault(given).store(foreign).set("token", SecretValue("foreign"))
        project.rows.state.withLock { state in
            let place = state.secrets.firstIndex { $0.connection == .two }!
            let sealed = state.secrets[place]
            state.secrets[place] = SealedSecret(
                connection: .two, field: "token", stage: .active, dataKey: sealed.dataKey, version: 1,
                ciphertext: Data(repeating: 7, count: 60))
        }
        let report = try await project.vault().rotate { _ in }
        #expect(report.connections == 2)
        #expect(report.skipped[foreign] == "locked: key \(MasterKey(KeyRingTests.bytes).id) is missing")
        #expect(report.skipped[.two]?.hasPrefix("The stored secret token cannot be read") == true)
        #expect(report.droppedKeys.isEmpty)
        #expect(try await project.vault(given).text("token", of: foreign) == "foreign")
        #expect(try await project.vault().text("token", of: .one) == "token of con_one")
        let again = try await project.vault().rotate { _ in }
        #expect(!again.isContinuation)
        #expect(again.currentKey != report.currentKey)
    }

    @Test func `brings everything under the first of the keys given`() async throws {
        let project = try Project()
        let (old, new) = (MasterKey.random(), MasterKey.random())
        try await project.vault(.value(SecretValue(old.text))).store(.one).set("token", SecretValue("of one"))
        let both = MasterKeySource.value(SecretValue("\(new.text),\(old.text)"))
        let report = try await project.vault(both).rotate { _ in }
        #expect(report.currentKey == new.id)
        #expect(report.removableKeys == [old.id])
        #expect(report.droppedKeys.isEmpty)
        #expect(try await project.vault(.value(SecretValue(new.text))).text("token", of: .one) == "of one")
    }

    @Test func `replaces data keys under a key that is given alone`() async throws {
        let project = try Project()
        let only = MasterKeySource.value(SecretValue(KeyRingTests.base64))
        try await project.vault(only).store(.one).set("token", SecretValue("of one"))
        let before = project.rows.now.keys
        let report = try await project.vault(only).rotate { _ in }
        #expect(report.connections == 1)
        #expect(report.removableKeys.isEmpty)
        #expect(project.rows.now.keys.map(\.masterKey) == before.map(\.masterKey))
        #expect(project.rows.now.keys.map(\.id) != before.map(\.id))
        #expect(try await project.vault(only).text("token", of: .one) == "of one")
    }
}
