internal import Foundation
internal import MaxCore

/// A file that appears whole or not at all.
///
/// It is written beside its place, and moved there when all of it is on the disk.
final class ExportFile {
    let target: URL
    private let draft: URL
    private let handle: FileHandle
    private var isSettled = false

    /// Begins a file.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `file_exists`, unless `replacing`, or `file_unwritable`.
    init(_ target: URL, replacing: Bool) throws {
        self.target = target
        if !replacing, FileManager.default.fileExists(atPath: target.path) {
            throw MaxError.fileExists(target.path, orElse: "another folder")
        }
        draft = target.deletingLastPathComponent().appending(path: ".\(target.lastPathComponent).\(getpid()).part")
        let descriptor = open(draft.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Files.unwritable(target) }
        handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
    }

    /// Adds bytes at the end.
    func write(_ bytes: [UInt8]) throws {
        do { try handle.write(contentsOf: Data(bytes)) } catch { throw Files.unwritable(target) }
    }

    /// Puts the whole file into its place, durably.
    func settle() throws {
        do {
            try handle.synchronize()
            try handle.close()
        } catch { throw Files.unwritable(target) }
        guard rename(draft.path, target.path) == 0 else { throw Files.unwritable(target) }
        isSettled = true
    }

    deinit {
        if !isSettled { unlink(draft.path) }
    }
}
