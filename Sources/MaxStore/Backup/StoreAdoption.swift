package import Foundation
internal import GRDB
internal import Glibc
package import MaxCore

extension SQLiteStore {
    /// Whether a project's folder `.max` holds a database.
    package static func exists(in folder: URL) -> Bool { StoreFolder(folder).hasDatabase }

    /// Where a database is written that is to become that of a project's folder `.max`.
    package static func draft(in folder: URL) -> String { StoreFolder(folder).database + ".restoring" }

    /// What the tables of this version are called: its newest change to them.
    package static var schema: String { Schema.migrator.migrations.last ?? "" }

    /// Whether tables that are called so are those of this version or an older one.
    package static func knows(schema: String) -> Bool { Schema.migrator.migrations.contains(schema) }

    /// Makes the draft the database of a folder that has none, once it is known to be sound and of no newer version.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `project_in_use` when there is one, `database_newer`, or
    ///   `database_damaged`.
    package static func adoptDraft(in folder: URL) throws {
        let folder = StoreFolder(folder)
        let draft = folder.database + ".restoring"
        do {
            try folder.makeFolders()
            try folder.lock("open").holding(patience: .seconds(10)) {
                guard !folder.hasDatabase else { throw MaxError.projectInUse }
                try check(draft)
                for rest in ["-wal", "-shm"] { unlink(folder.database + rest) }
                guard Glibc.rename(draft, folder.database) == 0 else {
                    throw MaxError(errno: errno, at: folder.database)
                }
            }
        } catch let fault as DatabaseError { throw MaxError(fault, at: draft) }
    }

    private static func check(_ draft: String) throws {
        let address = URL(filePath: draft).absoluteString + "?immutable=1"
        var configuration = Configuration()
        configuration.readonly = true
        let connection = try DatabaseQueue(path: address, configuration: configuration)
        defer { try? connection.close() }
        try connection.read { database in
            let applied = try Schema.migrator.appliedIdentifiers(database)
            guard applied.isSubset(of: Set(Schema.migrator.migrations)) else { throw MaxError.newer(at: draft) }
            let verdict = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
            guard verdict == "ok" else { throw DatabaseError(resultCode: .SQLITE_CORRUPT, message: verdict) }
        }
    }
}

extension MaxError {
    package static let projectInUse = MaxError(
        "project_in_use", "There is a project here already, with a database of its own.",
        fix: "Restore into an empty folder.")
}
