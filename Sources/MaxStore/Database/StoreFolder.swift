internal import Foundation
internal import MaxCore

/// The folder `.max` of a project and the files the store keeps in it, closed to everyone but the owner.
struct StoreFolder: Sendable {
    let path: String

    init(_ folder: URL) { path = folder.path(percentEncoded: false) }

    var database: String { path.appendingPath("max.db") }
    var locks: String { path.appendingPath("locks") }
    /// Where a copy of the database lies for a while.
    var copy: String { path.appendingPath("backup.db") }

    /// Whether there is a database, and anything in it.
    var hasDatabase: Bool { holdsAnything(database) }
    /// Whether there is a log beside it of what was written last.
    var hasLog: Bool { holdsAnything(database + "-wal") }

    private func holdsAnything(_ file: String) -> Bool {
        var status = stat()
        return stat(file, &status) == 0 && status.st_size > 0
    }

    /// Makes what is missing, and closes to others what is open to them.
    ///
    /// - Throws: ``MaxCore/MaxError`` when the folder cannot be made or changed.
    func prepare() throws {
        try makeFolders()
        try makeDatabase()
        for file in [database, database + "-wal", database + "-shm"] { try closeToOthers(file, mode: 0o600) }
    }

    /// Makes the folder and the one for locks.
    func makeFolders() throws {
        try makeFolder(path)
        try makeFolder(locks)
    }

    /// Makes the database's file, empty.
    ///
    /// One that is there is never opened here: to close it again would take from this process every lock that SQLite
    /// holds on it for connections that are open (<https://www.sqlite.org/howtocorrupt.html>, 2.2).
    private func makeDatabase() throws {
        let descriptor = open(database, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        if descriptor >= 0 {
            close(descriptor)
        } else if errno != EEXIST || access(database, R_OK | W_OK) != 0 {
            throw MaxError(errno: errno, at: database)
        }
    }

    private func makeFolder(_ folder: String) throws {
        guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { throw MaxError(errno: errno, at: folder) }
        try closeToOthers(folder, mode: 0o700)
    }

    private func closeToOthers(_ file: String, mode: mode_t) throws {
        var status = stat()
        guard stat(file, &status) == 0, status.st_mode & 0o077 != 0 else { return }
        guard chmod(file, mode) == 0 else { throw MaxError(errno: errno, at: file) }
    }
}

extension String {
    fileprivate func appendingPath(_ name: String) -> String { hasSuffix("/") ? self + name : "\(self)/\(name)" }
}

extension StoreFolder {
    /// The file that stands for a name that work can be exclusive under.
    func lock(_ name: String) -> LockFile {
        LockFile(path: locks.appendingPath(name.fingerprint))
    }
}

extension String {
    /// The 64-bit FNV-1a hash of the text in hexadecimal: two names that share one merely wait for each other.
    fileprivate var fingerprint: String {
        let hash = utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}
