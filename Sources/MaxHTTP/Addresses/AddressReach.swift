/// From where an address can be reached, which decides whether a connector may dial it.
package enum AddressReach: Sendable, Hashable, CaseIterable {
    /// From everywhere: a public address.
    case everywhere
    /// From this machine only.
    case thisMachine
    /// From a private or shared network.
    case privateNetwork
    /// From nowhere: set aside for documents, measurements or the future.
    case nowhere
    /// From the same link only, where routers and clouds keep their own services.
    case link
    /// From a cloud's machines, which are handed their own credentials there.
    case metadata
    /// Not one receiver but many.
    case group

    /// Whether no owner can allow it.
    package var isForbidden: Bool {
        switch self {
        case .link, .metadata, .group: true
        case .everywhere, .thisMachine, .privateNetwork, .nowhere: false
        }
    }

    /// What such an address is, to go on a sentence with.
    var words: String {
        switch self {
        case .everywhere: "a public address"
        case .thisMachine: "this machine itself"
        case .privateNetwork: "an address on a private network"
        case .nowhere: "an address that is set aside and leads nowhere"
        case .link: "an address of the local link"
        case .metadata: "an address at which a cloud hands out its machines' own credentials"
        case .group: "an address of many receivers at once"
        }
    }
}

extension IPAddress {
    /// From where it can be reached; an IPv4 address inside an IPv6 one is what counts.
    package var reach: AddressReach {
        if let special = AddressRange.forbidden.first(where: { $0.contains(self) }) { return special.reach }
        if let inner { return inner.reach }
        let special = AddressRange.special.first { $0.contains(self) }
        if let special { return special.reach }
        if isVersion6, !AddressRange.globalUnicast.contains(self) { return .nowhere }
        return .everywhere
    }

    /// The IPv4 address that traffic to this IPv6 address ends at, if there is one.
    private var inner: IPAddress? {
        guard isVersion6 else { return nil }
        if AddressRange.carriersAtTheEnd.contains(where: { $0.contains(self) }) {
            return IPAddress(bytes: Array(bytes[12...]))
        }
        if AddressRange.sixToFour.contains(self) { return IPAddress(bytes: Array(bytes[2..<6])) }
        if AddressRange.teredo.contains(self) { return IPAddress(bytes: bytes[12...].map { ~$0 }) }
        return nil
    }
}
