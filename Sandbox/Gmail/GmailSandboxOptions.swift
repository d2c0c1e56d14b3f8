package import NIOCore
package import SandboxKit

/// What a sandbox serves, where, and how badly it behaves.
package struct GmailSandboxOptions: Sendable {
    /// The seed of the world.
    package var seed: UInt64
    /// How many messages Dana has.
    package var messages: Int
    /// The wait before every answer.
    package var latency: Duration
    /// The wait before each answer to a `_slow` password.
    package var slowness: Duration
    /// The address to listen on.
    package var host: String
    /// The port to listen on; 0 takes a free one.
    package var port: Int
    /// What is done with every connection before it is served, such as setting TLS up.
    package var prepare: @Sendable (any Channel) throws -> Void

    package init(
        seed: UInt64 = 1, messages: Int = 300, latency: Duration = .zero, slowness: Duration = .seconds(2),
        host: String = "127.0.0.1", port: Int = 0, prepare: @escaping @Sendable (any Channel) throws -> Void = { _ in }
    ) {
        self.seed = seed
        self.messages = messages
        self.latency = latency
        self.slowness = slowness
        self.host = host
        self.port = port
        self.prepare = prepare
    }

    /// How many messages a size stands for.
    ///
    /// - Throws: ``SandboxKit/SandboxError`` for one that is none.
    package static func messages(_ size: String) throws(SandboxError) -> Int {
        switch size {
        case "small": 300
        case "medium": 3000
        case "large": 20_000
        default:
            if let count = Int(size), (0...1_000_000).contains(count) {
                count
            } else {
                throw .unreadableSize(size, example: "5000")
            }
        }
    }
}
