internal import NIOCore

/// The names under which the server answers; a request for another one is refused.
///
/// A page of a stranger can have its own name lead to this machine (DNS rebinding), and then be of the same origin as what
/// it asks. It cannot have the server's name, and it cannot do that to an address in numbers.
struct HostRule: Sendable, Hashable {
    private let names: Set<String>
    /// Whether it listens on every address of the machine, of which each is as good a name.
    private let isOpen: Bool

    /// Makes the rule of a server that listens on a host and is known by a public address.
    init(listening host: String, publicly origin: ServerOrigin?) {
        isOpen = ["0.0.0.0", "::"].contains(host)
        let own = isOpen ? [] : [host.lowercased()]
        names = Set(["localhost", "127.0.0.1", "::1"] + own + [origin.map { Self.name(in: $0.authority) ?? "" } ?? ""])
            .subtracting([""])
    }

    /// Whether a header `Host` names this server, whatever the port: between here and there ports are mapped.
    func admits(_ authority: String) -> Bool {
        guard let name = Self.name(in: authority) else { return false }
        return names.contains(name) || isOpen && Self.isAddress(name)
    }

    /// The host in `host:port`, without the brackets of an IPv6 address; nil when it cannot be one.
    static func name(in authority: String) -> String? {
        guard
            let parts = authority.lowercased().wholeMatch(of: /(?:\[([0-9a-f:.]+)\]|([a-z0-9._-]+))(?::([0-9]{1,5}))?/)
        else { return nil }
        return (parts.1 ?? parts.2).map(String.init)
    }

    private static func isAddress(_ name: String) -> Bool {
        (try? SocketAddress(ipAddress: name, port: 0)) != nil
    }
}
