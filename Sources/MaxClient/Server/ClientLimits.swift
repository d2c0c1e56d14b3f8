/// How much a client takes from a server, and how long it waits.
package struct ClientLimits: Sendable {
    /// The largest answer, in bytes.
    package var answer = 64 << 20
    /// The largest event of a stream, in bytes.
    package var event = 4 << 20
    /// How long a connection may take to come about.
    package var connect = Duration.seconds(10)
    /// How long a server may be silent.
    package var silence = Duration.seconds(60)
    /// How long a whole answer may take; streams have no end.
    package var whole = Duration.seconds(300)
    /// How often a request is sent at most.
    package var attempts = 4
    /// The longest wait before a request is sent again; a server that asks for more is told of at once.
    package var patience = Duration.seconds(20)
    /// The wait before the second attempt, where the server asks for none; doubled before each later one.
    package var pause = Duration.milliseconds(250)

    package init() {}
}
