/// One thing a hostile server does with a connection.
package enum HostileMove: Sendable {
    /// Sends bytes.
    case send([UInt8])
    /// Sends the bytes again and again, a millisecond apart, until the other side is gone.
    case flood([UInt8])
    /// Sends one byte at a time, over and over, with a pause of that many milliseconds after each.
    case drip([UInt8], milliseconds: Int64)
    /// Does nothing more and keeps the connection.
    case hang
    /// Closes the connection.
    case close
    /// Cuts the connection off with a reset.
    case reset
    /// Sends bytes in the open and speaks TLS from there on.
    case startTLS([UInt8])
}

extension HostileMove {
    /// Sends text as it is.
    package static func text(_ text: String) -> HostileMove { .send(Array(text.utf8)) }

    /// Sends a whole answer and keeps the connection for the next request.
    package static func answer(
        _ status: Int = 200, _ headers: [String: String] = ["Content-Type": "application/json"], _ body: String = "{}"
    ) -> HostileMove {
        answer(status, headers, bytes: Array(body.utf8))
    }

    /// Sends a whole answer with a body of bytes.
    package static func answer(_ status: Int, _ headers: [String: String], bytes: [UInt8]) -> HostileMove {
        .send(head(status, headers.merging(["Content-Length": "\(bytes.count)"]) { given, _ in given }) + bytes)
    }

    /// The bytes of an answer's status line and headers, with the empty line after them.
    package static func head(_ status: Int, _ headers: [String: String]) -> [UInt8] {
        let lines = headers.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)\r\n" }
        return Array("HTTP/1.1 \(status) Status\r\n\(lines.joined())\r\n".utf8)
    }

    /// Sends the client to another address.
    package static func redirect(_ status: Int, to location: String) -> HostileMove {
        answer(status, ["Location": location], "")
    }
}

extension [HostileMove] {
    /// A body that says it has ten gigabytes and sends them.
    package static var tenGigabytes: [HostileMove] {
        [
            .send(HostileMove.head(200, ["Content-Length": "10737418240"])),
            .flood([UInt8](repeating: 0x20, count: 65_536)),
        ]
    }

    /// A body without a length that does not end.
    package static var endlessBody: [HostileMove] {
        [
            .send(HostileMove.head(200, ["Transfer-Encoding": "chunked"])),
            .flood([UInt8]("4000\r\n".utf8) + [UInt8](repeating: 0x20, count: 0x4000) + [UInt8]("\r\n".utf8)),
        ]
    }

    /// Headers that do not end.
    package static var endlessHeaders: [HostileMove] {
        [.text("HTTP/1.1 200 OK\r\n"), .flood([UInt8](String(repeating: "X-More: and more\r\n", count: 800).utf8))]
    }

    /// A body that arrives a byte at a time for ever.
    package static var drip: [HostileMove] {
        [.send(HostileMove.head(200, ["Content-Length": "100000"])), .drip([0x20], milliseconds: 20)]
    }

    /// A small compressed body that unpacks to zeros without end.
    package static var gzipBomb: [HostileMove] {
        let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]
        return [
            .send(HostileMove.head(200, ["Content-Encoding": "gzip", "Content-Type": "application/json"]) + header),
            .send(Deflate.zerosBegin), .flood(Deflate.zerosGoOn),
        ]
    }
}

/// A compressed run of zeros that can be repeated for ever (RFC 1951, section 3.2.6).
private enum Deflate {
    /// A last block with fixed codes, the literal 0 and the begin of a match.
    static var zerosBegin: [UInt8] { Array(bytes.prefix(2)) }
    /// Eight matches of 258 bytes at distance 1, beginning inside the first.
    static var zerosGoOn: [UInt8] {
        let period = Array(bytes.dropFirst(2).prefix(13))
        return (0..<1_024).flatMap { _ in period }
    }

    private static var bytes: [UInt8] {
        let match = "1100010100000"
        let bits = Array("110" + "00110000" + String(repeating: match, count: 16))
        return stride(from: 0, to: bits.count - 7, by: 8).map { start in
            bits[start..<start + 8].enumerated().reduce(0) { $0 | ($1.element == "1" ? 1 << UInt8($1.offset) : 0) }
        }
    }
}
