internal import MaxCore
internal import Synchronization

/// The addresses that hosts' names led to a moment ago, in the order in which they are tried.
final class AddressBook: Sendable {
    private let resolver: HostResolver
    private let limits: OutboundLimits
    private let entries = Mutex<[String: Entry]>([:])

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
        if let entry = entries.withLock({ $0[host] }), entry.expiry > .now { return entry.addresses }
        do {
            let addresses = try await deadline.bound(limits.lookup, otherwise: .lookupFailed(host)) { [resolver] in
                try await resolver.addresses(host)
            }
            guard !addresses.isEmpty else { throw HostResolver.Fault.unknown }
            note(addresses, of: host)
            return addresses
        } catch let fault as HostResolver.Fault {
            throw fault == .unknown ? Problem.hostUnknown(host) : Problem.lookupFailed(host)
        }
    }

    /// Puts an address that just took a connection before the others.
    func prefer(_ address: IPAddress, of host: String) {
        entries.withLock { entries in
            guard let known = entries[host]?.addresses, known.first != address, known.contains(address) else { return }
            entries[host]?.addresses = [address] + known.filter { $0 != address }
        }
    }

    private func note(_ addresses: [IPAddress], of host: String) {
        let now = ContinuousClock.now
        entries.withLock { entries in
            entries = entries.filter { $0.value.expiry > now }
            entries[host] = Entry(addresses: addresses, expiry: now + limits.addressLifetime)
        }
    }
}
