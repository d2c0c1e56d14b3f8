import NIOCore

/// A gzip stream (RFC 1952) of one deflate block (RFC 1951) that repeats a letter for as long as one goes on sending.
struct GzipBomb: Sendable {
    /// The gzip header, the opening text and one letter to repeat.
    let opening: ByteBuffer
    /// Whole periods of the code “repeat the last byte 258 times”.
    let filler: ByteBuffer

    /// Of the fixed Huffman code: 13 bits for 258 bytes, so eight of them fill 13 bytes exactly.
    private static let period = 13

    init(opening text: String) {
        var bits = BitWriter()
        bits.write(0b0, count: 1)  // not the last block
        bits.write(0b01, count: 2)  // fixed Huffman codes
        for byte in text.utf8 + [UInt8(ascii: "a")] { bits.writeCode(0b0011_0000 + UInt16(byte), count: 8) }
        let header: [UInt8] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]
        // The codes of the periods begin in the middle of a byte: what follows the opening repeats from there on.
        let aligned = bits.bytes.count
        for _ in 0..<(8 * (1 + 4_096)) {
            bits.writeCode(0b1100_0101, count: 8)  // length 258
            bits.writeCode(0b0_0000, count: 5)  // distance 1
        }
        opening = ByteBuffer(bytes: header + bits.bytes[..<(aligned + GzipBomb.period)])
        filler = ByteBuffer(bytes: bits.bytes[(aligned + GzipBomb.period)..<(aligned + GzipBomb.period * 4_097)])
    }
}

/// Bits packed into bytes, lowest bit first.
private struct BitWriter {
    /// The whole bytes so far.
    private(set) var bytes: [UInt8] = []
    private var pending: UInt8 = 0
    private var pendingCount = 0

    mutating func write(_ value: UInt16, count: Int) {
        for position in 0..<count { append(value >> UInt16(position) & 1) }
    }

    /// Writes a Huffman code, whose highest bit comes first.
    mutating func writeCode(_ code: UInt16, count: Int) {
        for position in (0..<count).reversed() { append(code >> UInt16(position) & 1) }
    }

    private mutating func append(_ bit: UInt16) {
        pending |= UInt8(bit) << UInt8(pendingCount)
        pendingCount += 1
        guard pendingCount == 8 else { return }
        bytes.append(pending)
        (pending, pendingCount) = (0, 0)
    }
}
