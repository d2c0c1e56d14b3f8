internal import Dispatch
internal import GRDB
package import MaxCore
internal import MaxHub

extension SQLiteStore {
    @discardableResult
    package func select(
        _ sql: String, each: @escaping @Sendable (_ columns: [String], _ row: [JSON]) throws -> Bool
    ) async throws -> [String] {
        let names = try await read { try String.fetchAll($0, sql: "SELECT name FROM sqlite_schema") }
        let rules = SelectRules(try await catalog(), names: names)
        let (path, stop) = (folder.database, SelectStop())
        return try await withTaskCancellationHandler {
            try await Self.outsideTasks {
                try SelectStatement(sql, at: path, rules, stop).run(each)
            }
        } onCancel: {
            stop.ask()
        }
    }

    /// Runs work that may take long where no task waits for its thread.
    private static func outsideTasks<Outcome: Sendable>(
        _ work: @escaping @Sendable () throws -> Outcome
    ) async throws -> Outcome {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
