import Foundation
import GRDB
import Testing

/// A look into a project's database from outside.
struct StoreLook: Sendable {
    let queue: DatabaseQueue

    /// Opens the database of a playground.
    init(_ place: Playground) throws {
        var configuration = Configuration()
        configuration.busyMode = .timeout(10)
        queue = try DatabaseQueue(path: place.file(".max/max.db").path, configuration: configuration)
    }

    /// How many rows a table has.
    func count(_ table: String) throws -> Int {
        try queue.read { try Int.fetchOne($0, sql: "SELECT count(*) FROM \(table)") ?? 0 }
    }

    /// The tables, of those that a setup writes to, that are not empty.
    var traces: [String] {
        get throws {
            try ["connection", "setup_session", "secret", "data_key", "run"].filter { try count($0) > 0 }
        }
    }

    /// Every sealed secret, as it lies in the database.
    var secrets: [Data] {
        get throws { try queue.read { try Data.fetchAll($0, sql: "SELECT ciphertext FROM secret ORDER BY 1") } }
    }

    /// What SQLite finds wrong with the file.
    var faults: [String] {
        get throws {
            try queue.read { database in
                try String.fetchAll(database, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
                    + Row.fetchAll(database, sql: "PRAGMA foreign_key_check").map { "\($0)" }
            }
        }
    }
}

extension Playground {
    /// Expects that setups left nothing in the project.
    func expectNoTrace(sourceLocation: SourceLocation = #_sourceLocation) throws {
        guard FileManager.default.fileExists(atPath: file(".max/max.db").path) else { return }
        let look = try StoreLook(self)
        #expect(try look.traces == [], sourceLocation: sourceLocation)
        #expect(try look.faults == [], sourceLocation: sourceLocation)
    }
}
