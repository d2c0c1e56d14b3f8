import MaxCore
import MaxHub
import MaxSetup
import MaxVault
import Testing

/// A whole rotation, in another process, between the sealing of an answer's secrets and the storing of the answer.
struct SetupRotationTests {
    @Test(arguments: Backend.allCases, [1, 2])
    func `a setup goes on when every key is replaced under its secrets`(backend: Backend, answer: Int) async throws {
        try await withProject(backend) { project in
            let reply = try await project.connect(token: "token-1", code: "code-1", rotatingAt: answer)
            let connection = try #require(reply.connection)
            #expect(try await project.secrets(of: connection) == ["code": "code-1", "token": "token-1"])
            try await project.expectOneMasterKey()
        }
    }

    @Test(arguments: Backend.allCases)
    func `secrets that move to the connection of their account do so under its new key`(backend: Backend) async throws {
        try await withProject(backend) { project in
            let first = try await project.connect(token: "token-1", code: "code-1")
            let again = try await project.connect(token: "token-2", code: "code-2", rotatingAt: 3)
            #expect(again.connection == first.connection)
            let connection = try #require(first.connection)
            #expect(try await project.secrets(of: connection) == ["code": "code-2", "token": "token-2"])
            try await project.expectOneMasterKey()
        }
    }

    @Test(arguments: Backend.allCases)
    func `a setup is refused and stays at its question where its key stays out of use`(backend: Backend) async throws {
        try await withProject(backend) { project in
            let sessions = InterruptedSessions(project.rows, at: 1) { try await project.retireCurrentKey() }
            let service = try project.service(over: sessions)
            let start = try await service.start("tiny")
            let error = await #expect(throws: MaxError.self) {
                _ = try await service.answer(start.session.id, revision: 0, .secret("token", "token-1"))
            }
            #expect(error?.code == .dataKeyGone)
            #expect(try await service.view(start.session.id).view == start.view)
            #expect(try await project.rows.dataKeys().isEmpty)
        }
    }
}
