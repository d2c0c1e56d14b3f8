internal import Foundation
internal import GRDB
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

struct DurabilityTests {
    @Test func `everything is there when the store is opened again`() async throws {
        try await withFolder { folder in
            try await SQLiteStore(folder: folder).connect(.sample())
            try await SQLiteStore(folder: folder).insert(.sample("set_two", for: .two))
            let store = try SQLiteStore(folder: folder)
            #expect(try await store.connections() == [.sample()])
            #expect(try await store.texts() == ["token active: token-1"])
            #expect(try await store.sessions(at: noon).count == 1)
        }
    }

    @Test func `every connection to the file is set up for durability and erasure`() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(folder: folder)
            let writer = try await store.writer.writeWithoutTransaction { try Self.settings($0) }
            let reader = try await store.read { try Self.settings($0) }
            #expect(writer == ["journal_mode": "wal", "synchronous": "2", "foreign_keys": "1", "secure_delete": "1"])
            #expect(reader == writer)
        }
    }

    private static func settings(_ database: Database) throws -> [String: String] {
        let names = ["journal_mode", "synchronous", "foreign_keys", "secure_delete"]
        let values = try names.map { try String.fetchOne(database, sql: "PRAGMA \($0)") ?? "none" }
        return Dictionary(uniqueKeysWithValues: zip(names, values))
    }

    @Test func `only the owner can read the files`() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(folder: folder)
            try await store.connect(.sample())
            try await store.exclusively("token") {}
            let locks = folder.appending(path: "locks")
            #expect(try Self.modes(in: folder) == ["max.db": 0o600, "max.db-wal": 0o600, "max.db-shm": 0o600])
            #expect(try Self.modes(in: locks).values.allSatisfy { $0 == 0o600 })
            #expect(try Self.mode(of: folder) == 0o700)
            #expect(try Self.mode(of: locks) == 0o700)
        }
    }

    @Test func `a folder and a file that others could read are closed to them`() async throws {
        try await withFolder { folder in
            try await SQLiteStore(folder: folder).connect(.sample())
            let file = folder.appending(path: "max.db")
            for open in [folder, file] {
                try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: open.path)
            }
            _ = try SQLiteStore(folder: folder)
            #expect(try Self.mode(of: folder) == 0o700)
            #expect(try Self.mode(of: file) == 0o600)
        }
    }

    private static func modes(in folder: URL) throws -> [String: Int] {
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != "locks" }
        return try Dictionary(uniqueKeysWithValues: names.map { ($0, try mode(of: folder.appending(path: $0))) })
    }

    private static func mode(of file: URL) throws -> Int {
        let mode = try FileManager.default.attributesOfItem(atPath: file.path)[.posixPermissions] as? NSNumber
        return try #require(mode).intValue
    }

    @Test(arguments: Deletion.allCases)
    func `no byte of a deleted secret stays in the database or its log`(deletion: Deletion) async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(folder: folder)
            let canary = String(repeating: "canary-ciphertext-", count: 900)
            try await store.connect(.sample(), token: canary)
            let session = SetupSession.sample("set_again", for: .one, purpose: .reconnect)
            try await store.insert(session)
            try await store.save(session.next, secrets: [.sample("other", canary)], dropping: [])
            #expect(try Self.bytes(in: folder).contains(Data("canary-ciphertext".utf8)))
            try await deletion.perform(on: store, session.id)
            #expect(try !Self.bytes(in: folder).contains(Data("canary-ciphertext".utf8)))
        }
    }

    /// Everything in the files of the store, one after the other.
    private static func bytes(in folder: URL) throws -> Data {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("max.db") }
            .reduce(into: Data()) { $0 += try Data(contentsOf: folder.appending(path: $1)) }
    }

    @Test func `a write is carried out although the task that asked for it is cancelled`() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(folder: folder)
            let session = SetupSession.sample()
            try await store.insert(session)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.cancelAll()
                group.addTask { try await store.discard(session.id) }
                try await group.waitForAll()
            }
            #expect(try await store.session(session.id) == nil)
        }
    }

    @Test func `times are kept to the millisecond`() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(folder: folder)
            for milliseconds in 0..<1000 {
                let time = Date(timeIntervalSince1970: 1_900_000_000 + Double(milliseconds) / 1000)
                try await store.audit([AuditEntry(at: time, action: .open, connection: nil, field: nil, purpose: "x")])
                let kept = try #require(try await store.auditTrail(limit: 1).first?.at)
                #expect(abs(kept.timeIntervalSince(time)) < 0.0001)
            }
        }
    }
}

/// The ways in which secrets end.
enum Deletion: CaseIterable, Sendable {
    case erase
    case revoke
    case deleteAndDiscard
    case deleteAndExpire

    func perform(on store: SQLiteStore, _ session: SessionID) async throws {
        switch self {
        case .erase: try await store.erase(.one, at: noon)
        case .revoke: try await store.revoke(.one, at: noon)
        case .deleteAndDiscard:
            try await store.deleteSecret("token", of: .one)
            try await store.discard(session)
        case .deleteAndExpire:
            try await store.deleteSecret("token", of: .one)
            try await store.discardExpired(at: .distantFuture)
        }
    }
}
