internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import MaxCore
internal import MaxEngines
internal import NIOCore

/// What is asked by whoever looks after the server: whether it is alive, whether it is ready, and its measures.
struct HealthRoutes: Sendable {
    let engines: Engines
    let readiness: Readiness
    let ledger: Ledger
    let metricsToken: SecretValue?

    /// Answers as long as there is a server.
    static let alive = "/healthz"
    /// Answers whether it can do its work.
    static let ready = "/readyz"
    private static let measures = "/metrics"

    /// Whether a path needs nobody to say who asks.
    static func isOwn(_ path: String) -> Bool { path == alive || path == ready }

    func add(to router: Router<ServerContext>) {
        router.get(RouterPath(Self.alive)) { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: "ok\n")))
        }
        router.get(RouterPath(Self.ready)) { request, _ in try await tellReadiness(request) }
        router.get(RouterPath(Self.measures)) { request, context in try await tellMeasures(request, context) }
    }

    private func tellReadiness(_ request: Request) async throws -> Response {
        let all = await readiness.findings()
        let findings = isCollector(request) ? all : all.map(\.forAnybody)
        let body = ReadinessBody(ready: findings.allSatisfy(\.ok), findings: findings)
        return Response(
            status: body.ready ? .ok : .serviceUnavailable, headers: [.contentType: "application/json"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try JSON.encoder.encode(body))))
    }

    private func tellMeasures(_ request: Request, _ context: ServerContext) async throws -> Response {
        if !isCollector(request) { _ = try context.requireOwner() }
        let text = MeasureText(ledger.now, try await engines.cards()).text
        return Response(
            status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// Whether the token for measures came with a request.
    private func isCollector(_ request: Request) -> Bool {
        guard let metricsToken, let given = request.headers[.authorization].flatMap(AskerReading.bearer) else {
            return false
        }
        return metricsToken.matches(SecretValue(given))
    }

    private struct ReadinessBody: Encodable {
        let ready: Bool
        let findings: [Readiness.Finding]
    }
}
