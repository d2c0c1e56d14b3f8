import Glibc
import NIOCore

/// A port that is taken and at which nothing listens: whoever calls is refused, and nobody else can have it meanwhile.
package struct DeafPort: ~Copyable {
    /// The number, on 127.0.0.1.
    package let number: Int
    private let descriptor: Int32

    /// Takes a free port.
    package init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isBound = withUnsafeMutablePointer(to: &address) { address in
            address.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 && getsockname(descriptor, address, &length) == 0
            }
        }
        number = Int(UInt16(bigEndian: address.sin_port))
        guard isBound else { throw IOError(errnoCode: errno, reason: "no port is free") }
    }

    deinit { close(descriptor) }
}
