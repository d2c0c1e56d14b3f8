internal import Foundation

/// A numeric IPv4 or IPv6 address.
package struct IPAddress: Sendable, Hashable {
    /// Four bytes or sixteen, in network order.
    package let bytes: [UInt8]

    /// Creates an address from four bytes or sixteen.
    init?(bytes: [UInt8]) {
        guard bytes.count == 4 || bytes.count == 16 else { return nil }
        self.bytes = bytes
    }

    /// Parses the strict textual forms of RFC 6943, section 3.1.1, and RFC 4291, section 2.2.
    package init?(_ text: String) {
        let family = text.contains(":") ? AF_INET6 : AF_INET
        var bytes = [UInt8](repeating: 0, count: family == AF_INET6 ? 16 : 4)
        guard inet_pton(family, text, &bytes) == 1 else { return nil }
        self.bytes = bytes
    }

    /// Whether it is an IPv6 address.
    package var isVersion6: Bool { bytes.count == 16 }

    /// The canonical text, without brackets.
    package var text: String {
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        inet_ntop(isVersion6 ? AF_INET6 : AF_INET, bytes, &buffer, socklen_t(buffer.count))
        return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Whether the first `bits` bits are those of `prefix`; missing bytes of the prefix are zero.
    func begins(with prefix: [UInt8], bits: Int) -> Bool {
        for (index, byte) in bytes.enumerated() {
            let rest = bits - index * 8
            guard rest > 0 else { return true }
            let mask: UInt8 = rest >= 8 ? 0xff : ~(0xff >> UInt8(rest))
            let wanted = index < prefix.count ? prefix[index] : 0
            guard byte & mask == wanted & mask else { return false }
        }
        return true
    }
}
