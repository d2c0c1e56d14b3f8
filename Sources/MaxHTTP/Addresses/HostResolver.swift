internal import Foundation
internal import NIOCore
internal import NIOPosix

/// A way from a host's name, or from an address in any notation, to numeric addresses.
package struct HostResolver: Sendable {
    /// Looks a host up.
    ///
    /// - Throws: ``Fault``.
    let addresses: @Sendable (_ host: String) async throws -> [IPAddress]

    /// Creates a resolver of one's own.
    package init(_ addresses: @escaping @Sendable (_ host: String) async throws -> [IPAddress]) {
        self.addresses = addresses
    }

    /// Why a host has no address.
    package enum Fault: Error, Sendable, Hashable {
        /// There is no such name.
        case unknown
        /// Nobody could tell.
        case unavailable
    }

    /// The system's resolver, which also reads the old notations of IPv4 addresses (RFC 3493, section 6.1).
    package static let system = HostResolver { host in
        if host == "localhost" || host.hasSuffix(".localhost") { return loopback }  // RFC 6761, section 6.3
        // An address in numbers is read at once; only a name has to wait.
        if let numbers = try? lookUp(host, AI_NUMERICHOST) { return numbers }
        let eventLoop = MultiThreadedEventLoopGroup.singleton.any()
        let answer = eventLoop.makePromise(of: [IPAddress].self)
        NIOThreadPool.singleton.runIfActive(eventLoop: eventLoop) { try lookUp(host, 0) }.cascade(to: answer)
        return try await withTaskCancellationHandler {
            try await answer.futureResult.get()
        } onCancel: {
            answer.fail(CancellationError())
        }
    }

    private static let loopback = ["127.0.0.1", "::1"].compactMap { IPAddress($0) }

    /// Asks `getaddrinfo`, which blocks the thread unless the flags keep it to numbers.
    private static func lookUp(_ host: String, _ flags: CInt) throws -> [IPAddress] {
        var hints = addrinfo()
        hints.ai_flags = flags
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var first: UnsafeMutablePointer<addrinfo>?
        let outcome = getaddrinfo(host, nil, &hints, &first)
        defer { if let first { freeaddrinfo(first) } }
        guard outcome == 0 else { throw outcome == EAI_AGAIN || outcome == EAI_SYSTEM ? Fault.unavailable : .unknown }
        let addresses = sequence(first: first) { $0?.pointee.ai_next }
            .prefix { $0 != nil }
            .compactMap { $0.flatMap { IPAddress($0.pointee) } }
        guard !addresses.isEmpty else { throw Fault.unknown }
        return addresses
    }
}

extension IPAddress {
    /// Takes the address out of one result of `getaddrinfo`.
    fileprivate init?(_ info: addrinfo) {
        guard let socketAddress = info.ai_addr else { return nil }
        let raw = UnsafeRawPointer(socketAddress)
        switch info.ai_family {
        case AF_INET: self.init(bytes: withUnsafeBytes(of: raw.load(as: sockaddr_in.self).sin_addr, Array.init))
        case AF_INET6: self.init(bytes: withUnsafeBytes(of: raw.load(as: sockaddr_in6.self).sin6_addr, Array.init))
        default: return nil
        }
    }
}
