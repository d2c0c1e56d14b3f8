internal import Foundation
internal import Glibc
internal import MaxCore

/// An open file of which bytes are read or written in order, with words for when that fails.
final class FileBytes {
    private let path: String
    private let descriptor: Int32

    /// Opens a file for reading.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `file_unreadable`.
    init(reading path: String) throws(MaxError) {
        self.path = path
        descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure("file_unreadable", "\(path) cannot be read") }
    }

    /// Makes a file that is readable by its owner alone.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `file_unwritable`.
    init(creating path: String) throws(MaxError) {
        self.path = path
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Self.failure("file_unwritable", "\(path) cannot be written") }
    }

    deinit { close(descriptor) }

    /// Reads so many bytes, fewer only at the end.
    func read(_ count: Int) throws(MaxError) -> Data {
        var bytes = Data(count: count)
        var filled = 0
        while filled < count {
            let got = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress! + filled, count - filled) }
            if got < 0, errno == EINTR { continue }
            guard got >= 0 else { throw Self.failure("file_unreadable", "\(path) cannot be read") }
            if got == 0 { break }
            filled += got
        }
        return bytes.prefix(filled)
    }

    /// Writes all of it.
    func write(_ bytes: Data) throws(MaxError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let put = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if put < 0, errno == EINTR { continue }
            guard put > 0 else { throw Self.failure("file_unwritable", "\(path) cannot be written") }
            rest = rest.dropFirst(put)
        }
    }

    /// Makes what was written durable.
    func settle() throws(MaxError) {
        guard fsync(descriptor) == 0 else { throw Self.failure("file_unwritable", "\(path) cannot be written") }
    }

    /// Makes it durable and gives it its name, in place of what has it.
    func name(_ name: String) throws(MaxError) {
        try settle()
        guard rename(path, name) == 0 else { throw Self.failure("file_unwritable", "\(name) cannot be written") }
        let parent = (name as NSString).deletingLastPathComponent
        let folder = open(parent.isEmpty ? "." : parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return }
        fsync(folder)
        close(folder)
    }

    /// Removes it.
    func remove() { unlink(path) }

    private static func failure(_ code: MaxError.Code, _ what: String) -> MaxError {
        MaxError(code, "\(what): \(String(cString: strerror(errno))).", fix: "Check the path and the room on the disk.")
    }
}
