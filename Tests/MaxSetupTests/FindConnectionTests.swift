import Foundation
import MaxCore
import MaxHub
import MaxStore
import Testing

@testable import MaxSetup

struct FindConnectionTests {
    @Test(arguments: [
        ("mail-dana", "con_1"), ("con_2", "con_2"), ("Tim", "con_2"), ("news", "con_3"),
    ])
    func `finds a connection by whatever people call it`(word: String, id: String) async throws {
        #expect(try await store().connection(named: word).id.rawValue == id)
    }

    @Test(arguments: [("mail", "connection_ambiguous"), ("mial", "connection_not_found"), ("", "connection_not_found")])
    func `names the choices when a word means none or several`(word: String, code: String) async throws {
        let store = try await store()
        let error = await #expect(throws: MaxError.self) { try await store.connection(named: word) }
        #expect(error?.code.rawValue == code)
        #expect(error?.fix?.contains("mail-dana") == true)
    }

    private func store() async throws -> MemoryStore {
        let store = MemoryStore()
        let known = [
            connection("con_1", "mail", "mail-dana", "Dana"), connection("con_2", "mail", "mail-tim", "Tim"),
            connection("con_3", "news", "news-x", "Dana's news"),
        ]
        for connection in known {
            let session = SetupSession(
                id: SessionID(rawValue: "set_\(connection.id.rawValue)"), connector: connection.connector,
                purpose: .add,
                connection: connection.id, name: nil, createdAt: connection.createdAt, expiresAt: .distantFuture)
            try await store.insert(session)
            let run = RequestedRun(
                id: RunID(rawValue: "run_\(connection.id.rawValue)"), connection: connection.id,
                requestedAt: connection.createdAt)
            try await store.activate(
                Activation(session: session, connection: connection, replaces: false, run: run))
        }
        return store
    }
}
