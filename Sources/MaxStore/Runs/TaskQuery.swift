internal import Foundation
internal import GRDB
internal import MaxHub

/// The questions for what is left to do: each walks an index and stops after `limit` rows, however many wait.
struct TaskQuery {
    /// The number of the connection.
    let connection: Int64
    /// The ways to hold back.
    let held: Set<String>
    let time: Date
    let limit: Int

    /// The tasks that can be worked on: up to `limit` that wait for nothing and as many whose time has come.
    func tasks(in database: Database) throws -> [SyncTask] {
        let fresh = held.isEmpty ? [fresh] : try ways(in: database).filter { !held.contains($0) }.map(fresh(on:))
        return try (fresh + [due]).flatMap { try database.allRows($0).map(SyncTask.init(row:)) }
    }

    /// Those that wait for nothing, the oldest first.
    var fresh: SQL {
        """
        SELECT \(SyncTask.columns) FROM task \(SyncTask.joins)
        WHERE task.connection = \(connection) AND task.state = 'waiting' AND task.not_before IS NULL
        ORDER BY task.id LIMIT \(limit)
        """
    }

    /// Those of one way, found without a look at any other.
    func fresh(on way: String) -> SQL {
        """
        SELECT \(SyncTask.columns) FROM task INDEXED BY task_by_way \(SyncTask.joins)
        WHERE task.connection = \(connection) AND task.way = \(way)
        AND task.state = 'waiting' AND task.not_before IS NULL
        ORDER BY task.id LIMIT \(limit)
        """
    }

    /// Those whose time has come, the one that waits longest first.
    var due: SQL {
        """
        SELECT \(SyncTask.columns) FROM task \(SyncTask.joins)
        WHERE task.connection = \(connection) AND task.state = 'waiting' AND task.not_before <= \(ColumnText.of(time))
        \(notHeld) ORDER BY task.not_before LIMIT \(limit)
        """
    }

    /// When the first of the others can be worked on.
    var next: SQL {
        """
        SELECT min(not_before) AS next_at FROM task
        WHERE connection = \(connection) AND state = 'waiting' AND not_before > \(ColumnText.of(time))
        \(notHeld)
        """
    }

    /// The first way after another on which something waits for nothing.
    func way(after way: String) -> SQL {
        """
        SELECT min(way) AS way FROM task INDEXED BY task_by_way
        WHERE connection = \(connection) AND way > \(way) AND state = 'waiting' AND not_before IS NULL
        """
    }

    /// The ways on which something waits for nothing, found by a leap from one to the next.
    private func ways(in database: Database) throws -> [String] {
        var ways: [String] = []
        while let next: String = try database.firstRow(way(after: ways.last ?? ""))?["way"] { ways.append(next) }
        return ways
    }

    private var notHeld: SQL { held.isEmpty ? "" : "AND task.way NOT IN \(held.sorted())" }
}
