internal import Foundation
internal import MaxClient
internal import MaxCore
internal import MaxHub
internal import MaxWire

extension ServerHub {
    func runs(of connection: ConnectionBody?, atMost most: Int) async throws -> [RunBody] {
        try await client.runs(of: connection?.id, atMost: most)
    }

    func run(_ id: String) async throws -> RunBody { try await client.run(id) }

    func run(named word: String) async throws -> RunBody {
        if word != "last", let run = try await exact(word) { return run }
        return try await client.runs(atMost: word == "last" ? 1 : 1000).run(named: word) { $0.key }
    }

    private func exact(_ id: String) async throws -> RunBody? {
        do { return try await client.run(id) } catch let error as MaxError where error.code == .runNotFound {
            return nil
        }
    }

    func cancelRun(_ id: String) async throws -> RunBody { try await client.cancelRun(id) }

    func requestSync(_ connection: ConnectionBody, _ request: SyncRequestBody) async throws -> RunBody {
        try await client.sync(connection.id, request)
    }

    /// The server carries it out; it goes on when nobody watches any more.
    func carryOut(_ run: RunBody, see: @escaping RunWitness) async throws -> RunBody {
        try await follow(run, see: see)
    }

    func follow(_ run: RunBody, see: @escaping RunWitness) async throws -> RunBody {
        for try await event in client.runEvents(run.id) {
            let body = try client.body(of: event, as: RunBody.self)
            await see(body)
            if body.standing.isEnded { return body }
        }
        return try await client.run(run.id)
    }

    func glance(at run: String) async throws -> RunBody? { nil }

    func leave(_ run: RunBody, of connection: ConnectionBody) async throws {}
}
