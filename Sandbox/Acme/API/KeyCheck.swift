import Hummingbird
import NIOPosix

/// Admits a request by its key, and lets the key's fault happen.
struct KeyCheck: RouterMiddleware {
    let ledger: Ledger
    let faults: FaultPlayer

    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let tenant = try ledger.current()
        let access = try tenant.access(authorization: request.headers[.authorization])
        if access.fault == .revokedAfterFive { try await spend(access.key) }
        if let fault = access.fault, let played = try await faults.play(fault, request, context) { return played }
        var admitted = context
        admitted.admit(access, to: tenant)
        var response: Response
        do {
            response = try await next(request, admitted)
        } catch let problem as APIProblem {
            response = problem.response
        }
        if let expiry = access.expiresAt { response.headers[.tokenExpiresAt] = expiry.text }
        return response
    }

    /// Counts a use of a key that has only a few; refuses when they are used up.
    private func spend(_ key: String) async throws {
        let ledger = ledger
        try await NIOThreadPool.singleton.runIfActive {
            _ = try ledger.commit(nil) { tenant, _ in
                guard tenant.keys.uses(of: key) < KeyRing.callsUntilRevoked else { throw APIProblem.keyRevoked }
                return .keyUsed(key)
            }
        }
    }
}
