package import Hummingbird
internal import MaxHub
package import NIOCore

extension ServerContext {
    /// Reads the body of a request, whole.
    ///
    /// - Parameter limit: The most bytes that are read; the server's own limit when that is lower.
    /// - Throws: ``Refusal`` with status 413 when there is more, 408 when it does not come in time, 400 when it breaks off.
    package func body(of request: Request, atMost limit: Int = .max) async throws -> ByteBuffer {
        let limit = min(limit, limits.body)
        return try await withDeadline(limits.bodyTime, or: Refusal.bodySlow) {
            var body = ByteBuffer()
            var parts = request.body.makeAsyncIterator()
            while let part = try await next(of: &parts) {
                guard body.readableBytes + part.readableBytes <= limit else { throw Refusal.bodyTooLarge(limit) }
                body.writeImmutableBuffer(part)
            }
            return body
        }
    }

    /// The next part of a body; its only faults are those of the connection and of who sends.
    private func next(of parts: inout RequestBody.AsyncIterator) async throws -> ByteBuffer? {
        do { return try await parts.next() } catch let error where !(error is CancellationError) {
            throw Refusal.bodyBroken
        }
    }
}
