internal import MaxCore
internal import MaxHub

/// Reads the records of an entity from lines of JSON objects, a batch at a time.
///
/// Lines end with a line feed, with or without a carriage return before it, the last one need not; blank ones are passed.
struct NDJSONReader<Chunks: AsyncSequence> where Chunks.Element == [UInt8] {
    private var chunks: Chunks.AsyncIterator
    private var buffer = LineBuffer()
    private let parser: JSONParser
    private var rows: LineRows
    /// How many lines were read.
    private var count = 0
    private var isAtEnd = false

    /// Begins to read; the lines may be cut into chunks anyhow.
    init(_ chunks: Chunks, as entity: StoredEntity) throws {
        self.chunks = chunks.makeAsyncIterator()
        parser = try JSONParser(capacity: LineBuffer.longestLine)
        rows = LineRows(of: entity)
    }

    /// Reads until the batch is full or there is no going on.
    mutating func next() async -> LineBatch {
        var batch = LineBatch()
        do {
            while batch.end == nil, !batch.isFull { try await read(into: &batch) }
        } catch let fault as LineFault {
            batch.end = .failure(MaxError.lineUnreadable(count + 1, fault))
        } catch {
            batch.end = .failure(error)
        }
        return batch
    }

    private mutating func read(into batch: inout LineBatch) async throws {
        if let row = try nextRow() {
            batch.append(row)
        } else if isAtEnd {
            batch.end = .success(())
        } else if let chunk = try await chunks.next(isolation: #isolation) {
            buffer.append(chunk)
        } else {
            isAtEnd = true
        }
    }

    /// The next row of the lines that are here.
    private mutating func nextRow() throws(LineFault) -> RowDraft? {
        while let line = try buffer.next(isLast: isAtEnd) {
            let value = try buffer.withLine(count == 0 ? buffer.withoutMark(line) : line, parser.parse)
            let row = try value.map { value throws(LineFault) in try rows.row(of: value, bytes: line.count) }
            count += 1
            if let row { return row }
        }
        return nil
    }
}

/// Rows to be stored together.
struct LineBatch: Sendable {
    private(set) var rows: [RowDraft] = []
    /// How reading ended after these rows; nil when it goes on.
    var end: Result<Void, any Error>?
    private var byteCount = 0

    static let mostRows = 2000
    private static let mostBytes = 4 << 20

    /// Whether it is time to store it.
    var isFull: Bool { rows.count >= Self.mostRows || byteCount >= Self.mostBytes }

    mutating func append(_ row: RowDraft) {
        rows.append(row)
        byteCount += row.texts.count
    }
}
