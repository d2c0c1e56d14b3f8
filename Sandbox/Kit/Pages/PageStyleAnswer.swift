package import Hummingbird
internal import NIOCore

extension PageStyle {
    /// The answer to whoever asks for the style sheet.
    package static func response() -> Response {
        Response(
            status: .ok, headers: [.contentType: "text/css; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: sheet)))
    }
}
