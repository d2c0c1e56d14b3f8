import Foundation
import HostileServer
import MaxCore
import MaxHTTP
import MaxHub
import NIOSSL

@testable import MaxConnector

/// A provider double and a way to it.
enum Provider {
    static let canary = "canary-5e1f9c"
    static let token = CredentialHandle<SecretValue>(name: "api_token", label: "API token") { SecretValue(canary) }
    static let page = Problem.Fix.link(title: "Create a new token", url: URL(string: "https://acme.test/keys")!)

    static func route(
        hosts: [String]? = nil, allowing: Set<String> = ["acme.test"], deadline: Duration = .seconds(60),
        onRung: (@Sendable (RungNews) -> Void)? = nil
    ) -> UpstreamRoute {
        let about = ConnectorDescriptor(
            name: "acme", displayName: "Acme", description: "", icon: "", version: "1", tier: .bronze, scopes: [],
            collects: [], doesNotCollect: [], egress: .configured(field: "baseURL"), syncEvery: .seconds(3600))
        return UpstreamRoute(
            connector: about, hosts: hosts, allowedPrivateHosts: allowing, deadline: deadline, onRung: onRung,
            credentialPage: page)
    }

    /// A resolver that leads every name to loopback.
    static let loopback = HostResolver { _ in [IPAddress("127.0.0.1")!] }

    /// Runs `body` with a way out that believes the test authority.
    static func reach<Result>(
        _ resolver: HostResolver = loopback, limits: OutboundLimits = .patient,
        _ body: (Outbound) async throws -> Result
    ) async throws -> Result {
        let authority = try NIOSSLCertificate.fromPEMBytes(Array(TestCertificates.authority.utf8))
        let outbound = Outbound(resolver: resolver, trustRoots: .certificates(authority), limits: limits)
        do {
            let result = try await body(outbound)
            await outbound.shutdown()
            return result
        } catch {
            await outbound.shutdown()
            throw error
        }
    }

    /// Asks a server that behaves by a script, with a credential and a secret in the query.
    static func ask(
        _ script: HostileServer.Script, certificate: String? = nil, scheme: String = "http", host: String = "acme.test",
        route: UpstreamRoute = route(), limits: OutboundLimits = .patient,
        _ change: (inout UpstreamRequest) -> Void = { _ in }
    ) async throws -> UpstreamResponse {
        try await HostileServer.run(script, certificate: certificate) { server in
            try await reach(limits: limits) { outbound in
                let url = URL(string: "\(scheme)://\(host):\(server.port)/me?key=\(canary)")!
                var request = UpstreamRequest.get(url).bearer(token)
                change(&request)
                return try await outbound.upstream(route).send(request, as: UpstreamOperation("me"))
            }
        }
    }
}

/// The problem that `work` ends in, made sure that no secret is in it; nil when it ends well.
func problem(_ work: () async throws -> some Any) async throws -> Problem? {
    do {
        _ = try await work()
        return nil
    } catch let problem as Problem {
        let told = try JSON(encoding: problem).text + String(describing: problem)
        guard !told.contains(Provider.canary) else { throw SecretTold() }
        return problem
    } catch let refusal as PrivateAddressRefused {
        return refusal.problem
    }
}

/// A secret was found in a problem.
struct SecretTold: Error {}
