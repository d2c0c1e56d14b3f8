import SandboxKit

/// An address that is told of every change.
struct Webhook: Sendable, Codable, Hashable {
    let id: String
    let target: WebhookTarget
    /// The key of the signatures; never shown again.
    let secret: String

    func write(to json: inout JSONWriter) {
        json.object {
            $0.field("id", id)
            $0.field("url", target.url)
        }
    }
}

/// A plain HTTP address on this machine, the only kind the sandbox delivers to.
struct WebhookTarget: Sendable, Codable, Hashable {
    let host: String
    let port: Int
    /// Path and query.
    let path: String

    var url: String { host.contains(":") ? "http://[\(host)]:\(port)\(path)" : "http://\(host):\(port)\(path)" }

    /// Reads `http://127.0.0.1:8080/hook`; nil for another scheme, another machine or a user in the address.
    init?(_ url: String) {
        guard url.hasPrefix("http://"), url.utf8.allSatisfy({ (0x21...0x7e).contains($0) }) else { return nil }
        let rest = url.dropFirst("http://".count)
        let slash = rest.firstIndex { $0 == "/" || $0 == "?" || $0 == "#" } ?? rest.endIndex
        var authority = rest[..<slash]
        var port = 80
        if let colon = authority.lastIndex(of: ":"), authority.hasSuffix("]") == false {
            guard let number = Int(authority[authority.index(after: colon)...]), (1...65_535).contains(number) else {
                return nil
            }
            port = number
            authority = authority[..<colon]
        }
        guard ["127.0.0.1", "localhost", "[::1]"].contains(authority) else { return nil }
        self.port = port
        host = authority == "localhost" ? "127.0.0.1" : authority.filter { $0 != "[" && $0 != "]" }
        let tail = rest[slash...].prefix { $0 != "#" }
        path = tail.hasPrefix("/") ? String(tail) : "/" + tail
    }
}
