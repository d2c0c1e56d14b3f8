internal import HTTPTypes
package import Hummingbird
internal import NIOCore

/// Keeps other sites from reading the pages by a name of their own and from sending their forms.
package struct OriginCheck<Context: SandboxContext>: RouterMiddleware {
    private let refusal: Page

    /// Creates the check; what it keeps out sees the page.
    package init(refusal: Page) { self.refusal = refusal }

    package func handle(
        _ request: Request, context: Context, next: @concurrent (Request, Context) async throws -> Response
    ) async throws -> Response {
        let isSafe = request.method == .get || request.method == .head
        guard isOwnName(request, context), isSafe || isOwnForm(request) else {
            return refusal.response(.forbidden)
        }
        return try await next(request, context)
    }

    /// A page asked for by a name that is not a loopback one, nor the one listened on, is a name somebody pointed here.
    private func isOwnName(_ request: Request, _ context: Context) -> Bool {
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

extension HTTPField.Name {
    fileprivate static let fetchSite = named("Sec-Fetch-Site")
}
