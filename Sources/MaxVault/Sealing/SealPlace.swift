/// The place a ciphertext belongs to, as the bytes it is authenticated with.
enum SealPlace {
    /// Writes the parts so that no two lists of parts give the same bytes: each follows its length, 4 bytes big-endian.
    static func bytes(_ kind: String, version: Int, _ parts: String...) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(160)
        append(kind, to: &bytes)
        append(String(version), to: &bytes)
        for part in parts { append(part, to: &bytes) }
        return bytes
    }

    private static func append(_ part: String, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: UInt32(part.utf8.count).bigEndian) { bytes += $0 }
        bytes += part.utf8
    }
}
