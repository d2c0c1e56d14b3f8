internal import GRDB
package import MaxHub

extension SQLiteStore: StoreInspection {
    package func inspect() async throws -> StoreCondition {
        try await read { database in
            let words = try String.fetchAll(database, sql: "PRAGMA quick_check(100)")
            let orphans = try Row.fetchAll(database, sql: "PRAGMA foreign_key_check")
            let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
            let size = try Int.fetchOne(database, sql: "PRAGMA page_size") ?? 0
            return StoreCondition(
                faults: words.filter { $0 != "ok" }.count + orphans.count, bytes: pages * size,
                changes: try Schema.migrator.appliedMigrations(database))
        }
    }
}
