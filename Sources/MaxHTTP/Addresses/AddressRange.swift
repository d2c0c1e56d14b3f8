/// A block of addresses and from where it can be reached.
struct AddressRange: Sendable {
    let prefix: [UInt8]
    let bits: Int
    let isVersion6: Bool
    let reach: AddressReach

    func contains(_ address: IPAddress) -> Bool {
        address.isVersion6 == isVersion6 && address.begins(with: prefix, bits: bits)
    }

    private static func v4(_ prefix: UInt8..., bits: Int, _ reach: AddressReach) -> AddressRange {
        AddressRange(prefix: prefix, bits: bits, isVersion6: false, reach: reach)
    }

    /// A block of IPv6 addresses, its prefix in groups of 16 bits.
    private static func v6(_ groups: UInt16..., bits: Int, _ reach: AddressReach) -> AddressRange {
        let prefix = groups.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xff)] }
        return AddressRange(prefix: prefix, bits: bits, isVersion6: true, reach: reach)
    }
}

extension AddressRange {
    /// Addresses that nobody can allow: the clouds' metadata services, the link, groups.
    static let forbidden: [AddressRange] = [
        .v4(169, 254, 169, 254, bits: 32, .metadata),  // AWS, Azure, Google and most others
        .v4(169, 254, 170, 2, bits: 32, .metadata),  // AWS containers
        .v4(100, 100, 100, 200, bits: 32, .metadata),  // Alibaba
        .v4(192, 0, 0, 192, bits: 32, .metadata),  // Oracle
        .v4(168, 63, 129, 16, bits: 32, .metadata),  // Azure
        .v6(0xfd00, 0x0ec2, 0, 0, 0, 0, 0, 0x0254, bits: 128, .metadata),  // AWS
        .v6(0xfd20, 0x00ce, 0, 0, 0, 0, 0, 0x0254, bits: 128, .metadata),  // Google
        .v4(169, 254, bits: 16, .link),  // RFC 3927
        .v6(0xfe80, bits: 10, .link),  // RFC 4291
        .v4(224, bits: 4, .group),  // RFC 5771
        .v4(255, 255, 255, 255, bits: 32, .group),  // RFC 919
        .v6(0xff00, bits: 8, .group),  // RFC 4291
    ]

    /// The special-purpose registries of RFC 6890 and its successors.
    static let special: [AddressRange] = [
        .v4(0, bits: 8, .thisMachine),  // RFC 791: “this network”; Linux dials itself
        .v4(127, bits: 8, .thisMachine),  // RFC 1122
        .v4(10, bits: 8, .privateNetwork),  // RFC 1918
        .v4(172, 16, bits: 12, .privateNetwork),  // RFC 1918
        .v4(192, 168, bits: 16, .privateNetwork),  // RFC 1918
        .v4(100, 64, bits: 10, .privateNetwork),  // RFC 6598
        .v4(192, 0, 0, bits: 24, .nowhere),  // RFC 6890
        .v4(192, 0, 2, bits: 24, .nowhere),  // RFC 5737
        .v4(192, 88, 99, bits: 24, .nowhere),  // RFC 7526
        .v4(198, 18, bits: 15, .nowhere),  // RFC 2544
        .v4(198, 51, 100, bits: 24, .nowhere),  // RFC 5737
        .v4(203, 0, 113, bits: 24, .nowhere),  // RFC 5737
        .v4(240, bits: 4, .nowhere),  // RFC 1112
        .v6(bits: 128, .thisMachine),  // RFC 4291: unspecified
        .v6(0, 0, 0, 0, 0, 0, 0, 1, bits: 128, .thisMachine),  // RFC 4291: loopback
        .v6(0xfc00, bits: 7, .privateNetwork),  // RFC 4193
        .v6(0xfec0, bits: 10, .privateNetwork),  // RFC 3879
        .v6(0x0064, 0xff9b, 1, bits: 48, .privateNetwork),  // RFC 8215
        .v6(0x2001, bits: 23, .nowhere),  // RFC 2928
        .v6(0x2001, 0x0db8, bits: 32, .nowhere),  // RFC 3849
        .v6(0x3fff, bits: 20, .nowhere),  // RFC 9637
    ]

    /// The only public IPv6 addresses (RFC 4291, section 2.4).
    static let globalUnicast = AddressRange.v6(0x2000, bits: 3, .everywhere)

    /// IPv6 blocks whose last four bytes are an IPv4 address: mapped (RFC 4291) and NAT64 (RFC 6052).
    static let carriersAtTheEnd: [AddressRange] = [
        .v6(0, 0, 0, 0, 0, 0xffff, bits: 96, .everywhere),
        .v6(0x0064, 0xff9b, 0, 0, 0, 0, bits: 96, .everywhere),
    ]

    /// 6to4 (RFC 3056): the IPv4 address follows the prefix.
    static let sixToFour = AddressRange.v6(0x2002, bits: 16, .everywhere)

    /// Teredo (RFC 4380): the IPv4 address is at the end with its bits turned.
    static let teredo = AddressRange.v6(0x2001, 0, bits: 32, .everywhere)
}
