/// How long each part of a request may take; the route's deadline bounds the whole.
package struct OutboundLimits: Sendable {
    /// The longest lookup of a host's name.
    package var lookup: Duration = .seconds(5)
    /// The longest wait for one address to take a connection.
    package var connect: Duration = .seconds(3)
    /// The longest TLS handshake.
    package var handshake: Duration = .seconds(5)
    /// The longest silence once a request is sent.
    package var silence: Duration = .seconds(8)
    /// The longest silence on a line that is being read or written; a server may have to search a large mailbox.
    package var lineSilence: Duration = .seconds(60)
    /// For how long a looked-up address is used again.
    package var addressLifetime: Duration = .seconds(60)
    /// The longest wait a provider may ask for that later calls sit out; with a longer one they fail at once.
    package var patience: Duration = .seconds(30)
    /// The most redirects to follow for one request.
    package var redirects = 5

    /// Creates the usual limits.
    package init() {}

    /// Limits that nobody meets, however busy the machine is, for tests of something else.
    package static let patient: OutboundLimits = {
        var limits = OutboundLimits()
        (limits.lookup, limits.connect, limits.handshake, limits.silence) = (
            .seconds(60), .seconds(60), .seconds(60), .seconds(60)
        )
        return limits
    }()
}
