import Foundation
import MaxConnector
import MaxCore

/// One GitHub: github.com, or a company's own.
struct GitHubSite: Sendable, Hashable {
    /// Where its API answers, without a slash at the end.
    let api: URL

    /// Finds the API from what an owner types, the bare address of an Enterprise server included.
    init(_ typed: URL) {
        let host = typed.host() ?? ""
        if typed.isBare, !host.hasPrefix("api.") {
            api = typed.trimmed / "api/v3"
        } else {
            api = typed.trimmed
        }
    }

    /// The page on which its people make a fine-grained token.
    var tokenPage: URL { web / "settings/personal-access-tokens/new" }

    /// The page on which its people authorise tokens for an organisation's single sign-on.
    var tokens: URL { web / "settings/tokens" }

    /// Where its people look at it.
    var web: URL {
        var parts = URLComponents()
        parts.scheme = api.scheme
        parts.host = api.host().map { $0.hasPrefix("api.") ? String($0.dropFirst(4)) : $0 }
        parts.port = api.port
        return parts.url ?? api
    }

    /// Why an address cannot be that of an API; nil when it may be.
    static func problem(with typed: URL) -> Problem? {
        guard let host = typed.host()?.lowercased(), !host.hasPrefix("api."),
            ["github.com", "www.github.com"].contains(host) || host.hasSuffix(".ghe.com")
        else { return nil }
        let right = "https://api.\(host.hasPrefix("www.") ? String(host.dropFirst(4)) : host)"
        return Problem(
            "address_not_api", .permanent, "GitHub's API does not answer at this address.", field: "baseURL",
            fix: .action("Enter \(right)."))
    }
}

extension URL {
    /// Whether there is nothing behind the host and port.
    fileprivate var isBare: Bool { path().isEmpty || path() == "/" }

    /// The same address without a slash at its end, a query and a fragment.
    fileprivate var trimmed: URL {
        var parts = URLComponents(url: self, resolvingAgainstBaseURL: false) ?? URLComponents()
        (parts.query, parts.fragment) = (nil, nil)
        while parts.path.hasSuffix("/") { parts.path.removeLast() }
        return parts.url ?? self
    }
}
