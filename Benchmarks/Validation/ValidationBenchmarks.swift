internal import AcmeConnector
internal import AcmeSandbox
internal import AsyncHTTPClient
internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHTTP
internal import MaxHub
internal import MaxSetup
internal import NIOCore
internal import NIOHTTP1

extension Benchmark {
    /// From a credential to whose account it opens, over what the provider itself takes.
    static let validating = [
        Benchmark(
            "validation, beyond the provider's own time", beside: "its requests by a bare client",
            target: .p99(.milliseconds(5))
        ) {
            try await AcmeSandbox.serve { acme in
                try await Workbench.using { try await validations(of: acme, in: $0) }
            }
        }
    ]

    /// Checks a credential 300 times, each in a setup of its own; the requests are those that the connector makes.
    private static func validations(of acme: AcmeAddress, in bench: Workbench) async throws -> Measurement {
        let outbound = Outbound()
        let engine = SetupService(
            registry: ConnectorRegistry([.init("acme") { AcmeConnector.acme }]), connections: bench.store,
            sessions: bench.store, attempts: bench.store, keeper: bench.vault, upstreams: outbound,
            sandboxes: NoSandboxes(), surroundings: .real)
        var measurement = Measurement()
        for round in 0..<320 {
            let ready = try await engine.readyToCheck(acme)
            let check = try await time { _ = try await engine.answer(ready, .choose([PlatformAnswer.allow.rawValue])) }
            let requests = try await time {
                for path in ["me", "workspaces?limit=200", "workspaces?limit=200"] { try await acme.ask(path) }
            }
            try await engine.cancel(ready.session.id)
            if round >= 20 { measurement.add(work: max(.zero, check - requests), reference: requests) }
        }
        await outbound.shutdown()
        return measurement
    }
}

extension SetupService {
    /// Begins a setup and answers everything before the check.
    fileprivate func readyToCheck(_ acme: AcmeAddress) async throws -> SetupReply {
        var reply = try await start("acme")
        reply = try await answer(reply, .submit(["baseURL": .plain(.string(acme.url))]))
        return try await answer(reply, .submit(["api_token": .secret(SecretValue(acme.key))]))
    }

    fileprivate func answer(_ reply: SetupReply, _ answer: FlowAnswer) async throws -> SetupReply {
        try await self.answer(reply.session.id, revision: reply.session.revision, answer)
    }
}

extension AcmeAddress {
    /// Asks for something and reads the whole answer.
    fileprivate func ask(_ path: String) async throws {
        var request = HTTPClientRequest(url: "\(url)/api/v1/\(path)")
        request.headers.add(name: "Authorization", value: "Bearer \(key)")
        let answer = try await HTTPClient.shared.execute(request, timeout: .seconds(10))
        _ = try await answer.body.collect(upTo: 1 << 20)
    }
}
