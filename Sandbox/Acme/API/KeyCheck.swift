import Hummingbird
import NIOPosix
import SandboxKit

/// Admits a request by its key, and lets the key's fault happen.
struct KeyCheck: RouterMiddleware {
    let ledger: Ledger<TenantState>
    let faults: FaultPlayer

    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let tenant = try ledger.current()
        let access = try tenant.access(authorization: request.headers[.authorization])
        if access.fault == .revokedAfterFive, try await number(ofCallWith: access.key) > KeyRing.goodCalls {
            throw APIProblem.keyRevoked
        }
        if access.fault == .tooManyRequestsOnce, try await number(ofCallWith: access.key) == KeyRing.goodCalls + 1 {
            throw APIProblem.rateLimited(retryAfter: 1)
        }
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

    /// Counts the calls with a counted key, as far as its fault wants to know, and gives this one's number.
    private func number(ofCallWith key: String) async throws -> Int {
        let ledger = ledger
        return try await NIOThreadPool.singleton.runIfActive {
            let (before, _) = try ledger.commit(nil) { tenant, _ in
                tenant.keys.uses(of: key) <= KeyRing.goodCalls ? .keyUsed(key) : nil
            }
            return before.keys.uses(of: key) + 1
        }
    }
}
