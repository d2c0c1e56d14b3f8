internal import HTTPTypes
internal import Hummingbird

/// Which methods there are at which paths: what tells a wrong method from a wrong address.
struct RouteMap: Sendable {
    private let routes: [(path: RouterPath, method: HTTPRequest.Method)]

    init(_ router: Router<ServerContext>) { routes = router.routes.map { ($0.path, $0.method) } }

    /// Why nothing answers a request.
    func refusal(for request: Request) -> Refusal {
        let parts = request.uri.path.split(separator: "/")
        var methods = Set(routes.filter { $0.path.matches(parts) }.map(\.method.rawValue))
        if methods.contains("GET") { methods.insert("HEAD") }
        return methods.isEmpty ? .nothingThere : .methodUnfit(methods.sorted())
    }
}

extension RouterPath {
    /// Whether a path is one of those that it stands for.
    fileprivate func matches(_ parts: [Substring]) -> Bool {
        let elements = Array(self)
        for (index, element) in elements.enumerated() {
            if element == .recursiveWildcard { return true }
            guard index < parts.count, element ~= parts[index] else { return false }
        }
        return elements.count == parts.count
    }
}
