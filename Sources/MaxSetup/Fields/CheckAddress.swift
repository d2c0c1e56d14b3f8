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
        return isSingleWord || ends.contains { host.hasSuffix($0) } || isPrivateIPv4(host) || isPrivateIPv6(host)
    }

    /// Whether it is of the loopback or a private block (RFC 1918), in as many parts as one likes to write.
    private static func isPrivateIPv4(_ host: String) -> Bool {
        let parts = host.split(separator: ".", omittingEmptySubsequences: false).map { UInt32($0) }
        guard parts.count > 1, let first = parts[0], let second = parts[1], parts.allSatisfy({ $0 != nil }) else {
            return false
        }
        return switch (first, second) {
        case (127, _), (10, _), (192, 168), (172, 16...31): true
        default: false
        }
    }

    /// Whether it is the loopback, a unique local address (RFC 4193) or a link-local one, as spelled in a web address.
    private static func isPrivateIPv6(_ host: String) -> Bool {
        let beginnings = ["[fc", "[fd", "[fe8", "[fe9", "[fea", "[feb"]
        return host == "[::1]" || host.hasSuffix("]") && beginnings.contains { host.hasPrefix($0) }
    }
}
