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
            do {
                for try await part in request.body {
                    guard body.readableBytes + part.readableBytes <= limit else { throw Refusal.bodyTooLarge(limit) }
                    body.writeImmutableBuffer(part)
                }
            } catch let error where !(error is Refusal || error is CancellationError) {
                // What is left are faults of the connection and of who sends.
                throw Refusal.bodyBroken
            }
            return body
        }
    }
}
