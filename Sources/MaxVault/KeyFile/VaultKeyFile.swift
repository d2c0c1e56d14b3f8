internal import Foundation
internal import Glibc
internal import MaxCore

/// A file that holds a key ring, one key a line, readable by its owner alone.
package struct VaultKeyFile: Sendable {
    /// The largest that is read, in bytes.
    static let largest = 64 * 1024

    package let path: String
    /// Called as each step of a change is done.
    var reached: @Sendable (Step) throws -> Void = { _ in }

    package init(path: String) { self.path = path }

    /// The steps in which the file is made or changed; after a stop between any two it is as before or as wanted.
    enum Step: Sendable, CaseIterable {
        case opened
        case written
        case synced
        case named
        case settled
    }

    /// Makes the file with a new key, mode 0600, durable and whole from the first moment it can be seen.
    ///
    /// - Returns: False, with nothing changed, when there is such a file.
    /// - Throws: ``MaxCore/MaxError`` with code `key_file_unwritable`.
    @discardableResult
    package static func create(at path: String) throws -> Bool {
        try VaultKeyFile(path: path).create([.random()])
    }

    func create(_ keys: [MasterKey]) throws -> Bool {
        var status = stat()
        guard lstat(path, &status) != 0 else { return false }
        // Others may be making it at the same time; each has a draft of its own.
        let draft = "\(path).\(String(UInt64.random(in: 0 ... .max), radix: 36)).new"
        return try write(keys, to: path, draft: draft) { draft in
            guard link(draft, path) != 0 else { return true }
            if errno == EEXIST { return false }
            throw failure()
        }
    }

    /// Puts another ring in the file's place, whole or not at all.
    ///
    /// One process at a time may do so.
    func replace(with keys: [MasterKey]) throws {
        let target = realpath(path, nil).map { resolved in
            defer { free(resolved) }
            return String(cString: resolved)
        }
        let place = target ?? path
        removeDrafts(of: place)
        _ = try write(keys, to: place, draft: "\(place).new") { draft in
            guard rename(draft, place) == 0 else { throw failure() }
            return true
        }
    }

    /// Removes what a process that was killed left beside the file.
    private func removeDrafts(of place: String) {
        let (folder, name) = (folder(of: place), (place as NSString).lastPathComponent)
        for entry in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where entry.hasPrefix(name + ".") && entry.hasSuffix(".new") {
            unlink("\(folder)/\(entry)")
        }
    }

    private func folder(of place: String) -> String {
        let folder = (place as NSString).deletingLastPathComponent
        return folder.isEmpty ? "." : folder
    }

    /// Writes a draft beside `place` and has it named.
    private func write(
        _ keys: [MasterKey], to place: String, draft: String, naming: (String) throws -> Bool
    ) throws -> Bool {
        defer { unlink(draft) }
        try writeDraft(keys, to: draft)
        let isNamed = try naming(draft)
        try reached(.named)
        try settle(folder(of: place))
        try reached(.settled)
        return isNamed
    }

    private func writeDraft(_ keys: [MasterKey], to draft: String) throws {
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw failure() }
        defer { close(file) }
        try reached(.opened)
        let bytes = Array(keys.map { $0.text + "\n" }.joined().utf8)
        guard fchmod(file, 0o600) == 0, Glibc.write(file, bytes, bytes.count) == bytes.count else { throw failure() }
        try reached(.written)
        guard fsync(file) == 0 else { throw failure() }
        try reached(.synced)
    }

    /// Makes the names in a folder durable.
    private func settle(_ folder: String) throws {
        let folder = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure() }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure() }
    }

    private func failure() -> MaxError { .unwritable(path, String(cString: strerror(errno))) }
}
