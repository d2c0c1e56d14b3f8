internal import Foundation

/// Ports of loopback.
enum FreePort {
    /// Finds a port that nobody listens on now.
    static func find() throws -> Int {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withSocketAddress(&address) { bind(socket, $0, length) == 0 }
        let isTold = withSocketAddress(&address) { getsockname(socket, $0, &length) == 0 }
        guard isBound, isTold else { throw DovecotFailure(message: "no port is free") }
        return Int(UInt16(bigEndian: address.sin_port))
    }

    /// Waits until somebody listens on the port, at most ten seconds and only while `goesOn` says so.
    static func waitForListener(on port: Int, while goesOn: () -> Bool) async throws -> Bool {
        let end = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < end, goesOn() {
            if isListening(port) { return true }
            try await Task.sleep(for: .milliseconds(5))
        }
        return false
    }

    private static func isListening(_ port: Int) -> Bool {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = loopback(UInt16(port))
        let length = socklen_t(MemoryLayout<sockaddr_in>.size)
        return withSocketAddress(&address) { connect(socket, $0, length) == 0 }
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        return address
    }

    private static func withSocketAddress<Result>(
        _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> Result
    ) -> Result {
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1, body)
        }
    }
}
