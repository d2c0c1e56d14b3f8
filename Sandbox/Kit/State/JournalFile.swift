internal import FoundationEssentials
internal import Glibc

/// The append-only file that the processes serving one world share.
///
/// A line counts once its newline is there. Who appends holds the file's lock, has read every line before and has cut
/// off what a killed writer left of a line.
struct JournalFile<Entry: Codable & Sendable>: ~Copyable, Sendable {
    private let descriptor: Int32
    /// How many bytes have been read as whole lines.
    private var consumed = 0

    init(path: String, folder: String) throws(SandboxError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw .folderUnusable(path: folder, reason: "journal.ndjson: " + Self.reason())
        }
    }

    deinit { _ = close(descriptor) }

    /// Reads the lines added since the last reading; costs one look at the file's size when there are none.
    mutating func newEntries() throws(JournalFailure) -> [Entry] {
        let size = try size()
        guard size > consumed else { return [] }
        var bytes = [UInt8](repeating: 0, count: size - consumed)
        let count = pread(descriptor, &bytes, bytes.count, consumed)
        guard count >= 0 else { throw JournalFailure(reason: Self.reason()) }
        guard let end = bytes[..<count].lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        consumed += end + 1
        let decoder = JSONDecoder()
        return bytes[...end].split(separator: UInt8(ascii: "\n"))
            .compactMap { try? decoder.decode(Entry.self, from: Data($0)) }
    }

    /// Adds a line and waits until it is on disk; to be called with the lock held and every line read.
    mutating func append(_ entry: Entry) throws(JournalFailure) {
        if try size() > consumed, ftruncate(descriptor, consumed) != 0 {
            throw JournalFailure(reason: Self.reason())
        }
        guard var line = try? JSONEncoder().encode(entry) else { throw JournalFailure(reason: "unwritable entry") }
        line.append(UInt8(ascii: "\n"))
        let written = line.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard written == line.count, fsync(descriptor) == 0 else {
            let reason = Self.reason()
            _ = ftruncate(descriptor, consumed)
            throw JournalFailure(reason: reason)
        }
        consumed += written
    }

    /// Waits until no other process holds the file's lock.
    func lock() throws(JournalFailure) {
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw JournalFailure(reason: Self.reason()) }
        }
    }

    func unlock() { _ = flock(descriptor, LOCK_UN) }

    private func size() throws(JournalFailure) -> Int {
        let end = lseek(descriptor, 0, SEEK_END)
        guard end >= 0 else { throw JournalFailure(reason: Self.reason()) }
        return Int(end)
    }

    private static func reason() -> String { String(cString: strerror(errno)) }
}

/// Why the journal could not be read or added to.
struct JournalFailure: Error {
    let reason: String
}
