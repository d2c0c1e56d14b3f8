internal import GRDB
internal import MaxCore
package import MaxHub

extension SQLiteStore: RecordRows {
    package func search(_ query: RecordQuery) async throws -> RecordPage {
        try await look { try RecordSearch($0, query).page() }
    }

    package func count(_ query: RecordQuery, by path: FieldPath?, limit: Int) async throws -> [CountGroup] {
        try await look { try RecordSearch($0, query).groups(by: path, limit: limit) }
    }

    /// Reads until the task is cancelled.
    private func look<Result: Sendable>(_ work: @Sendable (Database) throws -> Result) async throws -> Result {
        do { return try await read(work) } catch {
            try Task.checkCancellation()
            throw error
        }
    }
}
