internal import Dispatch
internal import Foundation
internal import GRDB
internal import Glibc
internal import MaxCore
internal import MaxHub

extension SQLiteStore {
    /// Runs `work` with a copy of what is stored at one moment, which is gone afterwards.
    ///
    /// Of two at the same time the second waits. What a killed one left behind goes before the next is made.
    ///
    /// - Parameters:
    ///   - withRecords: Whether what was collected goes along; without, the next sync collects it anew.
    ///   - work: Gets the copy's path.
    /// - Throws: ``MaxCore/MaxError`` when there is no room for it, or the folder cannot be written; or what `work` throws.
    package func withSnapshot<Result: Sendable>(
        withRecords: Bool, _ work: @Sendable (String) async throws -> Result
    ) async throws -> Result {
        let copy = folder.copy
        return try await folder.lock("backup").holding {
            for rest in ["", "-journal"] { unlink(copy + rest) }
            defer { unlink(copy) }
            try await snapshot(to: copy, withRecords: withRecords)
            return try await work(copy)
        }
    }

    /// Copies what is stored at one moment into a file of its own, while others write.
    ///
    /// Who is signed in does not go along; agents and the owner's passphrase do.
    ///
    /// - Parameters:
    ///   - path: The file, which does not exist yet.
    ///   - withRecords: Whether what was collected goes along; without, the next sync collects it anew.
    /// - Throws: ``MaxCore/MaxError`` when there is no room for it, or the folder cannot be written.
    package func snapshot(to path: String, withRecords: Bool) async throws {
        do {
            try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
                DispatchQueue.global().async {
                    continuation.resume(with: Result { try copy(to: path, withRecords: withRecords) })
                }
            }
        } catch let fault as DatabaseError { throw MaxError(fault, at: path) }
    }

    private func copy(to path: String, withRecords: Bool) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw MaxError(errno: errno, at: path) }
        Glibc.close(descriptor)
        let target = try DatabaseQueue(path: path, configuration: .snapshot)
        defer { try? target.close() }
        try backUp(to: target)
        try target.writeWithoutTransaction { database in
            try database.execute(sql: "PRAGMA journal_mode = OFF")
            try database.execute(sql: "DELETE FROM access_session; DELETE FROM access_link; DELETE FROM access_grant;")
            guard !withRecords else { return }
            try database.forgetRecords()
            try database.execute(sql: "VACUUM")
        }
    }
}

extension Database {
    /// Drops what was collected from every connection, and how far that had come.
    fileprivate func forgetRecords() throws {
        for id in try String.fetchAll(self, sql: "SELECT id FROM connection") {
            try eraseRecords(of: ConnectionID(rawValue: id))
        }
        let tables = ["edge", "relation", "gone_record", "record_tally", "task", "sync_cursor", "page_memo"]
        try execute(sql: tables.map { "DELETE FROM \($0);" }.joined(separator: "\n"))
        try execute(sql: "UPDATE sync_state SET is_pass_open = 0, last_whole_at = NULL")
    }
}

extension Configuration {
    /// For a file that nobody else has, and that is made anew when the power fails.
    fileprivate static var snapshot: Configuration {
        var configuration = Configuration()
        configuration.prepareDatabase { database in
            try database.execute(sql: "PRAGMA synchronous = OFF")
            database.add(function: OtherFields.merging)
            TextFolding.addFunctions(to: database)
        }
        return configuration
    }
}
