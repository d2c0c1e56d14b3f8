internal import Foundation
internal import MaxConnector
internal import MaxCore

/// The scheme, host and port of an address (RFC 6454), the host in one spelling.
struct Origin: Sendable, Hashable {
    let isSecure: Bool
    /// In lower case, without brackets and without a final dot.
    let host: String
    let port: Int
    /// Whether it is a line's, and not one of HTTP.
    var isLine = false

    /// Takes the origin of an address.
    ///
    /// - Throws: ``MaxCore/Problem`` for an address that is not one of HTTP, has no sound host or names a user.
    init(_ url: URL) throws {
        switch url.scheme?.lowercased() {
        case "http": isSecure = false
        case "https": isSecure = true
        default: throw Problem.badAddress("This address does not begin with https:// or http://.")
        }
        guard url.user == nil, url.password == nil else {
            throw Problem.badAddress("This address has a user name or a password in it.")
        }
        guard let host = url.host(percentEncoded: false).flatMap(Self.soundHost) else {
            throw Problem.badAddress("This address has no host name that can be looked up.")
        }
        self.host = host
        port = url.port ?? (isSecure ? 443 : 80)
        guard (0...65_535).contains(port) else { throw Problem.badPort }
    }

    /// Takes the origin of a line.
    ///
    /// - Throws: ``MaxCore/Problem`` for a host or a port that cannot be one.
    init(_ line: LineRequest) throws {
        guard let host = Self.soundHost(line.host) else {
            throw Problem.badAddress("This is not the name of a host that can be looked up.")
        }
        guard (1...65_535).contains(line.port) else { throw Problem.badPort }
        self.host = host
        port = line.port
        isSecure = line.security != .none
        isLine = true
    }

    /// The host as it stands in an address.
    var bracketedHost: String { host.contains(":") ? "[\(host)]" : host }

    /// The host, with the port where it is not the usual one.
    var authority: String { port == (isSecure ? 443 : 80) ? bracketedHost : "\(bracketedHost):\(port)" }

    /// The address without a path.
    var text: String { "\(isSecure ? "https" : "http")://\(authority)" }

    private static func soundHost(_ written: String) -> String? {
        var host = written.lowercased()
        if host.hasPrefix("["), host.hasSuffix("]") { host = String(host.dropFirst().dropLast()) }
        if host.hasSuffix(".") { host.removeLast() }
        guard !host.isEmpty, host.utf8.count <= 253 else { return nil }
        if host.contains(":") {
            let address = host.split(separator: "%", maxSplits: 1).first.map(String.init) ?? ""
            return IPAddress(address) == nil ? nil : host
        }
        let allowed = host.utf8.allSatisfy { byte in
            (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || [0x2d, 0x2e, 0x5f].contains(byte)
        }
        return allowed ? host : nil
    }
}

extension Problem {
    fileprivate static var badPort: Problem { badAddress("A port is a number from 1 to 65535.") }
}
