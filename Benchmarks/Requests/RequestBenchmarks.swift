internal import AcmeSandbox
internal import AsyncHTTPClient
internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHTTP
internal import MaxHub
internal import NIOCore
internal import NIOHTTP1

extension Benchmark {
    /// Calls to a provider on this machine, so that the way there takes no time.
    static let requesting = [
        Benchmark("request through MaxHTTP", beside: "bare HTTP client") {
            try await AcmeSandbox.serve { try await requests(to: $0) }
        }
    ]

    private static func requests(to acme: AcmeAddress) async throws -> Measurement {
        let outbound = Outbound()
        let upstream = outbound.upstream(UpstreamRoute(to: acme))
        let token = CredentialHandle(name: "api_token", label: "API token") { SecretValue(acme.key) }
        let me = UpstreamRequest.get(try acme.me).bearer(token)
        var bare = HTTPClientRequest(url: try acme.me.absoluteString)
        bare.headers.add(name: "Authorization", value: "Bearer \(acme.key)")
        let measurement = try await Measurement(2000, warmUp: 20) {
            try await time { _ = try await upstream.send(me, as: UpstreamOperation("me")) }
        } reference: {
            try await time {
                let answer = try await HTTPClient.shared.execute(bare, timeout: .seconds(10))
                _ = try await answer.body.collect(upTo: 1 << 20)
            }
        }
        await outbound.shutdown()
        return measurement
    }
}

extension AcmeAddress {
    fileprivate var me: URL {
        get throws {
            guard let url = URL(string: url) else { throw URLError(.badURL) }
            return url / "api/v1/me"
        }
    }
}

extension UpstreamRoute {
    fileprivate init(to acme: AcmeAddress) {
        self.init(
            connector: Survey.definition.about, hosts: [acme.host], allowedPrivateHosts: ["\(acme.host):\(acme.port)"])
    }
}
