internal import MaxCore

/// The addresses that hosts' names led to a moment ago, in the order in which they are tried.
actor AddressBook {
    private let resolver: HostResolver
    private let limits: OutboundLimits
    private var entries: [String: Entry] = [:]

    init(_ resolver: HostResolver, limits: OutboundLimits) {
        self.resolver = resolver
        self.limits = limits
    }

    private struct Entry {
        var addresses: [IPAddress]
        let expiry: ContinuousClock.Instant
    }

    /// The addresses of a host, looked up unless that was done a moment ago.
    ///
    /// - Throws: ``MaxCore/Problem`` on the rung `resolve`.
    func addresses(of host: String, by deadline: Deadline) async throws -> [IPAddress] {
        if let entry = entries[host], entry.expiry > .now { return entry.addresses }
        let resolver = resolver
        do {
            let addresses = try await deadline.bound(limits.lookup, otherwise: .lookupFailed(host)) {
                try await resolver.addresses(host)
            }
            guard !addresses.isEmpty else { throw HostResolver.Fault.unknown }
            entries = entries.filter { $0.value.expiry > .now }
            entries[host] = Entry(addresses: addresses, expiry: .now + limits.addressLifetime)
            return addresses
        } catch let fault as HostResolver.Fault {
            throw fault == .unknown ? Problem.hostUnknown(host) : Problem.lookupFailed(host)
        }
    }

    /// Puts an address that just took a connection before the others.
    func prefer(_ address: IPAddress, of host: String) {
        guard let entry = entries[host], entry.addresses.first != address, entry.addresses.contains(address) else {
            return
        }
        entries[host]?.addresses = [address] + entry.addresses.filter { $0 != address }
    }
}
