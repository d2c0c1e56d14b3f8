internal import Foundation
internal import GRDB
internal import MaxCore
internal import MaxHub

extension Run {
    init(row: Row) throws {
        let id = RunID(rawValue: row["id"])
        self.init(
            id: id, connection: ConnectionID(rawValue: row["connection_id"]), scope: try RunScope(row: row),
            state: try row.word("state"), requestedAt: try row.time("requested_at"),
            startedAt: try row.optionalTime("started_at"), endedAt: try row.optionalTime("ended_at"),
            isCancelRequested: row["is_cancel_requested"], lease: try RunLease(row: row, of: id),
            progress: try RunProgress(columnText: row["progress"]),
            ending: row["ending"] == nil ? nil : try row.json("ending"))
    }
}

extension RunScope {
    init(row: Row) throws {
        self.init(try row.word("mode"), only: Set(try row.json("only_entities", as: [String].self)))
    }

    /// The least scope that has in it what either has.
    func union(_ other: RunScope) -> RunScope {
        let isLimited = !only.isEmpty && !other.only.isEmpty
        return RunScope(
            mode == .everything ? mode : other.mode, only: isLimited ? only.union(other.only) : [])
    }

    /// Whether it is about all there is, so that nothing of earlier runs is left to do beside it.
    var isAll: Bool { mode == .everything && only.isEmpty }
}

extension RunLease {
    fileprivate init?(row: Row, of run: RunID) throws {
        guard let worker: String = row["worker"] else { return nil }
        self.init(
            run: run, worker: WorkerID(rawValue: worker), fence: row["fence"], until: try row.time("leased_until"))
    }
}

extension RunProgress {
    init(columnText: String) throws {
        self = try Self.decoder.decode(RunProgress.self, from: Data(columnText.utf8))
    }

    /// The text in which it lies in its column: JSON with times to the millisecond, as every column has them.
    var columnText: String {
        get throws { String(decoding: try Self.encoder.encode(self), as: UTF8.self) }
    }

    private static var encoder: JSONEncoder {
        let encoder = JSON.encoder
        encoder.dateEncodingStrategy = .custom { time, encoder in try ColumnText.of(time).encode(to: encoder) }
        return encoder
    }

    private static var decoder: JSONDecoder {
        let decoder = JSON.decoder
        decoder.dateDecodingStrategy = .custom { decoder in
            try Date(String(from: decoder), strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        }
        return decoder
    }
}
