/// What a sandbox serves, where, and how badly it behaves.
package struct YNABSandboxOptions: Sendable {
    /// The seed of the world; nil takes the one recorded in the data folder, else 1.
    package var seed: UInt64?
    /// The size of the world; nil takes the one recorded in the data folder, else small.
    package var size: YNABSize?
    /// The wait before every API answer.
    package var latency: Duration
    /// The share of API requests, 0…1, that end in a 500, a 503 or a closed connection.
    package var flaky: Double
    /// The wait before each answer to a `_slow` token.
    package var slowness: Duration
    /// The requests a token may make in an hour; further ones are answered 429.
    package var requestsPerHour: Int
    /// The address to listen on, and the name in the URL handed out.
    package var host: String
    /// The port to listen on; 0 takes a free one.
    package var port: Int
    /// The folder that keeps the world's changes; nil keeps them in memory.
    package var dataFolder: String?

    package init(
        seed: UInt64? = nil, size: YNABSize? = nil, latency: Duration = .zero, flaky: Double = 0,
        slowness: Duration = .seconds(2), requestsPerHour: Int = 200, host: String = "127.0.0.1", port: Int = 0,
        dataFolder: String? = nil
    ) {
        self.seed = seed
        self.size = size
        self.latency = latency
        self.flaky = flaky
        self.slowness = slowness
        self.requestsPerHour = requestsPerHour
        self.host = host
        self.port = port
        self.dataFolder = dataFolder
    }
}
