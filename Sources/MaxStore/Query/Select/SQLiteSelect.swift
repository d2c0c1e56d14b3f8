internal import Dispatch
internal import GRDB
package import MaxCore
internal import MaxHub

extension SQLiteStore {
    package func select(
        _ sql: String, each: @escaping @Sendable (_ columns: [String], _ row: [JSON]) throws -> Bool
    ) async throws {
        let rules = SelectRules(try await catalog())
        let (path, stop) = (folder.database, SelectStop())
        try await withTaskCancellationHandler {
            try await Self.outsideTasks {
                try SelectStatement(sql, at: path, rules, stop).run(each)
            }
        } onCancel: {
            stop.ask()
        }
    }

    /// Runs work that may take long where no task waits for its thread.
    private static func outsideTasks(_ work: @escaping @Sendable () throws -> Void) async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            DispatchQueue.global().async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
