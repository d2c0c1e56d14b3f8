package import SandboxKit

/// What a sandbox serves, where, and how badly it behaves.
package struct AcmeSandboxOptions: Sendable {
    /// The seed of the world; nil takes the one recorded in the data folder, else 1.
    package var seed: UInt64?
    /// The size of the world; nil takes the one recorded in the data folder, else small.
    package var size: AcmeSize?
    /// The wait before every API answer.
    package var latency: Duration
    /// The share of API requests, 0…1, that end in a 500, a 503 or a closed connection.
    package var flaky: Double
    /// While it lasts, nobody gets an answer.
    package var outage: Outage?
    /// The wait before each answer to a `_slow` key.
    package var slowness: Duration
    /// The requests a key may make in a minute; further ones are answered 429.
    package var requestsPerMinute: Int
    /// The address to listen on, and the name in the URL handed out.
    package var host: String
    /// The port to listen on; 0 takes a free one.
    package var port: Int
    /// The folder that keeps the world's changes; nil keeps them in memory.
    package var dataFolder: String?
    /// The origin a `_redirect` key is sent to; nil is this server under the name `localhost`.
    package var redirectTarget: String?

    package init(
        seed: UInt64? = nil,
        size: AcmeSize? = nil,
        latency: Duration = .zero,
        flaky: Double = 0,
        outage: Outage? = nil,
        slowness: Duration = .seconds(2),
        requestsPerMinute: Int = 1_000_000,
        host: String = "127.0.0.1",
        port: Int = 0,
        dataFolder: String? = nil,
        redirectTarget: String? = nil
    ) {
        self.seed = seed
        self.size = size
        self.latency = latency
        self.flaky = flaky
        self.outage = outage
        self.slowness = slowness
        self.requestsPerMinute = requestsPerMinute
        self.host = host
        self.port = port
        self.dataFolder = dataFolder
        self.redirectTarget = redirectTarget
    }
}
