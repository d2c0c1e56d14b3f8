internal import Foundation
package import MaxCore
internal import MaxHub

/// Where a server is: scheme, host and port, and nothing else.
///
/// A token is worth as much as the records it opens, so that it travels encrypted or not at all: plain HTTP is for
/// servers on this machine alone.
package struct ServerAddress: Sendable, Hashable, CustomStringConvertible {
    /// The address as the origin of RFC 6454, such as `https://max.example.org`; a port that goes without saying is left out.
    package let description: String

    /// Reads an address as people type it; where they leave the scheme out, it is HTTPS, and HTTP for this machine.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `server_address_unfit`.
    package init(_ text: String) throws(MaxError) {
        let typed = text.trimmingCharacters(in: .whitespaces)
        guard let url = URL(string: typed.contains("://") ? typed : "https://\(typed)"),
            let scheme = url.scheme?.lowercased(), ["http", "https"].contains(scheme),
            let host = url.host(percentEncoded: true)?.lowercased(), !host.isEmpty,
            url.user(percentEncoded: true) == nil, url.password(percentEncoded: true) == nil,
            ["", "/"].contains(url.path(percentEncoded: true)), url.query == nil, url.fragment == nil
        else { throw Self.unfit(typed) }
        let isHere = Self.isLoopback(host)
        if scheme == "http", !isHere { throw Self.open(host) }
        let spoken = !typed.contains("://") && isHere ? "http" : scheme
        let port = url.port.flatMap { $0 == (spoken == "https" ? 443 : 80) ? nil : ":\($0)" } ?? ""
        description = "\(spoken)://\(host.contains(":") ? "[\(host)]" : host)\(port)"
    }

    /// Whether a name or address can only be this machine (RFC 6761, section 6.3; RFC 1122; RFC 4291).
    private static func isLoopback(_ host: String) -> Bool {
        if host == "localhost" || host == "::1" { return true }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }

    private static func unfit(_ text: String) -> MaxError {
        MaxError(
            "server_address_unfit", "\(text.shown(atMost: 100).quoted) is not the address of a server.",
            fix: "Give its scheme, name and port alone, as in https://max.example.org or http://127.0.0.1:7117.")
    }

    private static func open(_ host: String) -> MaxError {
        MaxError(
            "server_address_unfit",
            "Over plain http everybody on the way to \(host.shown(atMost: 100)) could read what is sent.",
            fix: "Use its https:// address; http:// is for servers on this machine.")
    }
}
