import Foundation
import MaxConnector
import MaxCore
import MaxHub
import Testing

@testable import MaxVault

@Suite struct AuditTests {
    private func opens(_ project: Project) -> [Int] {
        project.rows.now.audit.filter { $0.action == .open }.map(\.count)
    }

    @Test func `releases nothing that could not be written down`() async throws {
        let project = try Project()
        try await project.vault().store(.one).set("token", SecretValue("acme_1234"))
        let vault = project.vault()
        project.rows.on(.audit, 1) { throw ScriptedRows.Killed() }
        await #expect(throws: ScriptedRows.Killed.self) { _ = try await vault.text("token", of: .one) }
        #expect(opens(project).isEmpty)
        #expect(try await vault.text("token", of: .one) == "acme_1234")
        #expect(opens(project) == [1])
    }

    @Test func `writes the first opening of each kind at once and counts the others`() async throws {
        let project = try Project()
        let vault = project.vault()
        try await vault.store(.one).set("token", SecretValue("acme_1234"))
        for _ in 0..<4 { _ = try await vault.text("token", of: .one) }
        #expect(opens(project) == [1])
        _ = try await vault.credentials(of: .one, staged: false, purpose: "sync").get("token")
        #expect(opens(project) == [1, 1])
        try await vault.flush()
        #expect(opens(project) == [1, 1, 3])
        try await vault.flush()
        #expect(opens(project).count == 3)
        let last = try #require(project.rows.now.audit.last)
        #expect(last.connection == .one)
        #expect(last.field == "token")
        #expect(last.purpose == "test")
    }

    @Test func `writes counts that are a second old with the next opening`() async throws {
        let project = try Project()
        let vault = project.vault()
        try await vault.store(.one).set("token", SecretValue("acme_1234"))
        for _ in 0..<3 { _ = try await vault.text("token", of: .one) }
        project.pass(1)
        _ = try await vault.text("token", of: .one)
        #expect(opens(project) == [1, 3])
    }

    @Test func `writes counts that have grown large`() async throws {
        let project = try Project()
        let vault = project.vault()
        try await vault.store(.one).set("token", SecretValue("acme_1234"))
        for _ in 0...AuditBook.mostCounted { _ = try await vault.text("token", of: .one) }
        #expect(opens(project) == [1, AuditBook.mostCounted])
    }

    @Test func `loses no count when writing fails`() async throws {
        let project = try Project()
        let vault = project.vault()
        try await vault.store(.one).set("token", SecretValue("acme_1234"))
        for _ in 0..<3 { _ = try await vault.text("token", of: .one) }
        project.rows.on(.audit, 1) { throw ScriptedRows.Killed() }
        await #expect(throws: ScriptedRows.Killed.self) { try await vault.flush() }
        _ = try await vault.text("token", of: .one)
        try await vault.flush()
        #expect(opens(project) == [1, 3])
    }

    @Test func `writes sealing, deleting and rotating each`() async throws {
        let project = try Project()
        let vault = project.vault()
        try await vault.store(.one).set("token", SecretValue("acme_1234"))
        try await vault.store(.one).set("other", SecretValue("acme_1234"))
        _ = try await vault.rotate { _ in }
        try await vault.store(.one).delete("token")
        #expect(project.rows.now.audit.map(\.action) == [.seal, .seal, .rotate, .rotate, .delete])
        #expect(project.rows.now.audit[3].connection == .one)
        #expect(project.rows.now.audit[3].count == 2)
    }
}
