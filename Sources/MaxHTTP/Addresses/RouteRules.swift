internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// Where a route may lead: hosts, ports and addresses.
struct RouteRules: Sendable {
    let provider: String
    let hosts: [String]?
    let allowedPrivateHosts: Set<String>
    let sendsMail: Bool

    init(_ route: UpstreamRoute) {
        provider = route.provider
        hosts = route.hosts?.map { $0.lowercased() }
        allowedPrivateHosts = Set(route.allowedPrivateHosts.map { $0.lowercased() })
        sendsMail = route.sendsMail
    }

    /// Checks an origin by its name alone; a host that the owner allowed is the connector's business too.
    ///
    /// - Throws: ``MaxCore/Problem`` when the host or the port is none of the connector's business.
    func admit(_ origin: Origin) throws {
        if let hosts, !hosts.contains(where: { Self.matches(origin.host, $0) }), !isAllowed(origin) {
            throw Problem.egressRefused(provider: provider, host: origin.host)
        }
        guard isAllowed(origin) || !isBlocked(origin) else {
            throw Problem.portRefused(origin)
        }
    }

    /// Checks every address a host's name led to; whatever passes may be dialled.
    ///
    /// - Throws: ``MaxHub/PrivateAddressRefused`` for an address that the owner may allow,
    ///   ``MaxCore/Problem`` for one that nobody can.
    func admit(_ addresses: [IPAddress], of origin: Origin) throws {
        if let forbidden = addresses.first(where: \.reach.isForbidden) {
            throw Problem.addressForbidden(origin, forbidden)
        }
        guard !isAllowed(origin), let closed = addresses.first(where: { $0.reach != .everywhere }) else { return }
        throw PrivateAddressRefused(
            host: origin.host, address: closed.text,
            problem: .privateAddress(provider: provider, origin, closed))
    }

    /// Whether the owner allowed the host, or the host with this port.
    private func isAllowed(_ origin: Origin) -> Bool {
        let names = [origin.host, origin.bracketedHost].flatMap { [$0, "\($0):\(origin.port)"] }
        return names.contains { allowedPrivateHosts.contains($0) }
    }

    private static func matches(_ host: String, _ pattern: String) -> Bool {
        pattern.hasPrefix("*.") ? host.hasSuffix(pattern.dropFirst()) : host == pattern
    }

    private func isBlocked(_ origin: Origin) -> Bool {
        let mailPorts = sendsMail ? Self.submissionPorts : Self.mailPorts
        return Self.blockedPorts.contains(origin.port) && !(origin.isLine && mailPorts.contains(origin.port))
    }

    /// The ports at which mail is handed in: with TLS from the first byte (RFC 8314), with STARTTLS, and the oldest one.
    private static let submissionPorts: Set<Int> = [465, 587, 25]

    /// The ports at which mail is read: POP3 and IMAP, without and with TLS.
    private static let mailPorts: Set<Int> = [110, 143, 993, 995]

    /// The ports that are never HTTP's (WHATWG Fetch, “port blocking”).
    private static let blockedPorts: Set<Int> = [
        0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102, 103, 104,
        109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 465, 512, 513, 514, 515, 526,
        530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 989, 990, 993, 995, 1719, 1720, 1723, 2049, 3659, 4045,
        4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
    ]
}
