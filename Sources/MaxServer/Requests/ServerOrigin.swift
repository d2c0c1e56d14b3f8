/// Where a server is found by those who ask it: scheme, host and port (RFC 6454).
package struct ServerOrigin: Sendable, Hashable, CustomStringConvertible {
    package let scheme: Scheme
    /// The host, and the port where it is not the scheme's own.
    package let authority: String

    package init(scheme: Scheme, authority: String) {
        self.scheme = scheme
        self.authority = authority.lowercased()
    }

    /// The scheme of a server's address.
    package enum Scheme: String, Sendable, Hashable {
        case http
        case https
    }

    /// Whether what is said on the way is encrypted.
    package var isSecure: Bool { scheme == .https }

    /// The host as it stands in an address, an IPv6 one in brackets.
    package var host: Substring { port.map { authority.dropLast($0.count + 1) } ?? authority[...] }

    /// The port where it is not the scheme's own, in digits.
    package var port: Substring? {
        guard let colon = authority.lastIndex(of: ":") else { return nil }
        let digits = authority[colon...].dropFirst()
        return digits.allSatisfy(\.isNumber) ? digits : nil
    }

    /// As browsers write it: `https://max.example.org`.
    package var description: String { "\(scheme.rawValue)://\(authority)" }

    /// The address of a page; the path begins with a slash.
    package func link(_ path: String) -> String { description + path }
}
