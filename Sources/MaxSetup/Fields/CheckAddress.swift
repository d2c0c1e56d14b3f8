internal import Foundation
internal import MaxConnector
internal import MaxCore

extension FieldSpec {
    /// Brings a web address into its plain form: with a scheme, in lower case, without a closing slash.
    func address(_ text: String) throws(Problem) -> String {
        let spelled = text.contains("://") || !text.contains(where: { ".:".contains($0) }) ? text : "https://" + text
        guard !text.contains(where: \.isWhitespace), var parts = URLComponents(string: spelled),
            let host = parts.host?.lowercased(), Self.isHost(host), (1...65535).contains(parts.port ?? 443)
        else { throw refusal("not_an_address", "\(text.quoted) is not a web address.\(exampleHint)") }
        guard let scheme = parts.scheme?.lowercased(), ["http", "https"].contains(scheme) else {
            throw refusal("not_an_address", "A web address begins with https://.\(exampleHint)")
        }
        if parts.user != nil || parts.password != nil {
            throw refusal("secret_in_address", "A web address must not hold a user name or password.")
        }
        if parts.query != nil || parts.fragment != nil {
            throw refusal("not_an_address", "Leave out what follows “?” or “#” in the address.")
        }
        if scheme == "http", !Self.isNearby(host) {
            throw refusal(
                "not_encrypted", "With http:// anyone on the way could read your secret. Use https://\(host).")
        }
        (parts.scheme, parts.host) = (scheme, host)
        while parts.path.hasSuffix("/") { parts.path.removeLast() }
        guard let plain = parts.string else { throw refusal("not_an_address", "\(text.quoted) is not a web address.") }
        return plain
    }

    private var exampleHint: String { example.map { " It looks like \($0)." } ?? "" }

    /// Whether a host has no empty part.
    private static func isHost(_ host: String) -> Bool {
        !host.isEmpty && !host.hasPrefix(".") && !host.contains("..")
    }

    /// Whether a host is, by its name, on this machine or a private network, where TLS is uncommon.
    ///
    /// Whether it may be called at all is decided by the address it resolves to.
    private static func isNearby(_ host: String) -> Bool {
        let ends = [".localhost", ".local", ".lan", ".internal", ".home.arpa", ".test"]
        let isSingleWord = !host.contains(".") && host.first?.isLetter == true
        return isSingleWord || ends.contains { host.hasSuffix($0) }
            || [privateAddress, privateAddress6].contains { host.wholeMatch(of: $0) != nil }
    }

    /// Loopback and the private IPv4 blocks of RFC 1918.
    private static var privateAddress: Regex<Substring> {
        #/(?:127|10|192\.168|172\.(?:1[6-9]|2[0-9]|3[01]))\.[0-9.]+/#
    }

    /// Loopback, the unique local addresses of RFC 4193, and link-local ones, as a host is spelled in an address.
    private static var privateAddress6: Regex<Substring> { #/\[(?:::1|f[cd][0-9a-f:]+|fe[89ab][0-9a-f:]+(?:%.*)?)\]/# }
}
