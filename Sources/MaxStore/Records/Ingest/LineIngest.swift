package import Foundation
internal import GRDB
internal import MaxCore
package import MaxHub

extension SQLiteStore {
    package func write<Chunks: AsyncSequence & Sendable>(
        lines: Chunks, as entity: String, of connection: ConnectionID, at time: Date
    ) async throws -> WriteCounts where Chunks.Element == [UInt8] {
        guard let stored = try await read({ try EntityCatalog($0).entity(named: entity) }) else {
            throw MaxError.entityUnknown(entity)
        }
        return try await store(NDJSONReader(lines, as: stored), as: entity, of: connection, at: time)
    }

    /// Stores one batch while the next is read, so that reading and writing have a core each and never more than two
    /// batches are in memory.
    @concurrent
    private func store<Chunks>(
        _ lines: sending NDJSONReader<Chunks>, as entity: String, of connection: ConnectionID, at time: Date
    ) async throws -> WriteCounts {
        var (lines, sum) = (lines, RunProgress())
        var batch = await lines.next()
        while true {
            let (rows, end) = (batch.rows, batch.end)
            async let written = store(rows, as: entity, of: connection, at: time)
            if end == nil { batch = await lines.next() }
            sum.add(try await written)
            if let end {
                try end.get()
                break
            }
            try Task.checkCancellation()
        }
        return WriteCounts(counts: sum.counts, misfits: sum.misfits, lastRecord: sum.lastRecord)
    }

    private func store(
        _ rows: [RowDraft], as entity: String, of connection: ConnectionID, at time: Date
    ) async throws -> WriteCounts {
        try await write { database in
            var writer = try RecordWriter(database, connection: connection, at: time)
            try writer.store(rows, as: entity)
            return try writer.finish()
        }
    }
}
