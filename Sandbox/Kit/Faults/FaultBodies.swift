import HTTPTypes
import Hummingbird
import NIOCore

/// The bodies of answers that look right and are not.
enum FaultBodies {
    private static let json = "application/json; charset=utf-8"

    /// JSON by its header, by its bytes nothing.
    static var garbage: Response {
        let bytes = Array("{\"id\": \"".utf8) + [0xff, 0xfe, 0x00, 0x1b] + Array("[31m,,]]}} %%EOF".utf8)
        return Response(
            status: .ok, headers: [.contentType: json], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// What a hotel's network answers in the place of everybody.
    static var captivePortal: Response {
        Page.captivePortal.response()
    }

    /// A JSON object with one string that does not end.
    static func huge(on channel: any Channel) -> Response {
        let filler = ByteBuffer(repeating: UInt8(ascii: "a"), count: 1 << 16)
        return Response(
            status: .ok, headers: [.contentType: json],
            body: stream(first: ByteBuffer(string: "{\"id\":\""), then: filler, upTo: Flood.length, on: channel))
    }

    /// The same, packed: every byte sent becomes about 150.
    static func gzipBomb(on channel: any Channel) -> Response {
        let bomb = GzipBomb(opening: "{\"id\":\"")
        return Response(
            status: .ok, headers: [.contentType: json, .contentEncoding: "gzip"],
            body: stream(first: bomb.opening, then: bomb.filler, upTo: Flood.length / 150, on: channel))
    }

    private static func stream(
        first: ByteBuffer, then filler: ByteBuffer, upTo length: Int, on channel: any Channel
    ) -> ResponseBody {
        ResponseBody { writer in
            try await writer.write(first)
            for _ in 0...(length / filler.readableBytes) {
                try await writer.write(filler)
                try await Flood.pause(on: channel)
            }
            try await writer.finish(nil)
        }
    }
}
