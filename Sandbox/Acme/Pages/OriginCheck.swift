import HTTPTypes
import Hummingbird

/// Keeps other sites from reading the pages by a name of their own and from sending their forms.
struct OriginCheck: RouterMiddleware {
    func handle(
        _ request: Request, context: APIContext, next: @concurrent (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        let isSafe = request.method == .get || request.method == .head
        guard isOwnName(request, context), isSafe || isOwnForm(request) else {
            return Page.refusal("This request came from another site.").response(.forbidden)
        }
        return try await next(request, context)
    }

    /// A page asked for by a name that is not a loopback one, nor the one listened on, is a name somebody pointed here.
    private func isOwnName(_ request: Request, _ context: APIContext) -> Bool {
        guard let authority = request.head.authority else { return false }
        let end = authority.hasSuffix("]") ? authority.endIndex : authority.lastIndex(of: ":") ?? authority.endIndex
        let name = String(authority[..<end])
        return ["127.0.0.1", "localhost", "[::1]", context.channel.localAddress?.ipAddress].contains(name)
    }

    private func isOwnForm(_ request: Request) -> Bool {
        if let site = request.headers[.fetchSite], site != "same-origin", site != "none" { return false }
        guard let origin = request.headers[.origin] else { return true }
        return origin == "http://" + (request.head.authority ?? "")
    }
}
