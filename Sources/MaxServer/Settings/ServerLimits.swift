/// What one asker can take of a server at most.
package struct ServerLimits: Sendable, Hashable {
    /// How many connections are open at once; more wait to be accepted.
    package var connections = 512
    /// How many bytes the headers of a request have together.
    package var headerBytes = 16 << 10
    /// How many headers a request has.
    package var headers = 100
    /// How many bytes a body has.
    package var body = 1 << 20
    /// How many bytes a form has.
    package var form = 256 << 10
    /// How long nothing has to come on a connection, in the midst of a request or between two, before it is closed.
    package var idle = Duration.seconds(30)
    /// How long a body may take to come.
    package var bodyTime = Duration.seconds(20)
    /// How long a route may take until it answers; a stream of events has answered when it begins.
    package var work = Duration.seconds(30)
    /// How long a client may leave unread what was sent to it.
    package var stall = Duration.seconds(10)
    /// How long a closed connection is kept for the client to read the last answer.
    package var linger = Duration.seconds(1)
    /// How long a stream of events is quiet at most.
    package var pause = Duration.seconds(15)
    /// How long requests and syncs have to come to an end when the server is stopped.
    package var drain = Duration.seconds(10)

    package init() {}
}
