import FoundationEssentials
import Hummingbird
import NIOCore

extension Request {
    /// Reads a JSON body of at most 1 MiB.
    func json<Value: Decodable>(_: Value.Type, _ context: APIContext) async throws -> Value {
        let bytes: ByteBuffer
        do {
            bytes = try await body.collect(upTo: context.maxUploadSize)
        } catch is NIOTooManyBytesError {
            throw APIProblem(
                status: .contentTooLarge, code: "body_too_large", message: "A request body may have 1 MiB at most.",
                headers: [.connection: "close"])
        }
        do {
            return try JSONDecoder().decode(Value.self, from: Data(bytes.readableBytesView))
        } catch {
            throw APIProblem.malformed("The body is not the JSON object this call takes.")
        }
    }
}
