internal import HTTPTypes
package import Hummingbird

extension Request {
    /// Runs work that nobody waits for once the client has left: it is cancelled then.
    ///
    /// A route whose body was read calls this. To see the client leave is to read on, so the connection serves nothing after
    /// this answer; it has to say so with ``HummingbirdCore/Response/closingConnection``.
    ///
    /// - Throws: ``Refusal`` for whatever `work` throws, which closes the connection too.
    package func whileClientStays<Result: Sendable>(
        _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        do { return try await body.consumeWithCancellationOnInboundClose { _ in try await work() } } catch {
            var refusal = Refusal(error)
            refusal.isLast = true
            throw refusal
        }
    }
}

extension Response {
    /// The same, as the last on its connection.
    package var closingConnection: Response {
        var response = self
        response.headers[.connection] = "close"
        return response
    }
}
