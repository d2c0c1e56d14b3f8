internal import ArgumentParser
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxTerminal
internal import Synchronization

/// `max sql`: one SELECT over the records.
struct SQLCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "sql", abstract: "Ask the records in SQL; one SELECT, and nothing but records.",
        discussion: """
            Each entity is a table of its name, with a column for each field. _connection is the number of a \
            connection in the view “record_connection”.
            """)

    /// How much one object or one table takes; the forms with a line for each row take any number.
    private static let most = (rows: 10_000, bytes: 32 << 20)

    @Argument(help: "The SELECT.")
    var select: String
    @OptionGroup var output: RecordOutput

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let records = try desk.engines.requireStore()
            switch output.format {
            case .json, .table: try await gather(records, desk)
            case .ndjson, .csv: try await stream(records, desk)
            }
        }
    }

    private func gather(_ records: any RecordRows, _ desk: Desk) async throws {
        let answer = Answer()
        let columns = try await records.select(select) { _, row in answer.take(row) }
        let (rows, isCut) = answer.content
        if output.format == .json {
            return desk.printer.json(
                [
                    "columns": .array(columns.map(JSON.string)), "rows": .array(rows.map(JSON.array)),
                    "more": .bool(isCut),
                ])
        }
        if rows.isEmpty { return desk.terminal.say("No rows.") }
        let numeric = columns.indices.map { index in rows.allSatisfy { $0[index].number != nil } }
        desk.printer.table(
            Table(
                zip(columns, numeric).map { Table.Column(title: $0, isNumeric: $1) },
                rows.map { $0.map(\.cell) }))
        if isCut { desk.terminal.say("\("There are more rows: -o ndjson and -o csv give all.", .dim)") }
    }

    private func stream(_ records: any RecordRows, _ desk: Desk) async throws {
        let header = Mutex(output.format == .csv)
        @Sendable func begin(_ columns: [String]) {
            let isDue = header.withLock { isDue in
                defer { isDue = false }
                return isDue
            }
            if isDue { desk.printer.data(CSVLine(texts: columns).text) }
        }
        let columns = try await records.select(select) {
            [format = output.format, printer = desk.printer] columns, row in
            begin(columns)
            switch format {
            case .csv: printer.data(CSVLine(row).text)
            default: printer.json(.object(Dictionary(zip(columns, row)) { _, later in later }))
            }
            return !printer.hasLost
        }
        begin(columns)
    }

    /// The rows that came, as many as there is room for; the first one in any case.
    private final class Answer: Sendable {
        private let state = Mutex((rows: [[JSON]](), bytes: 0, isCut: false))

        var content: (rows: [[JSON]], isCut: Bool) { state.withLock { ($0.rows, $0.isCut) } }

        /// Keeps a row; false when there is no more room.
        func take(_ row: [JSON]) -> Bool {
            let bytes = row.reduce(0) { $0 + ($1.string?.utf8.count ?? 8) }
            return state.withLock { [most = SQLCommand.most] state in
                let isFull = state.rows.count == most.rows || state.bytes + bytes > most.bytes
                state.isCut = isFull && !state.rows.isEmpty
                guard !state.isCut else { return false }
                state.rows.append(row)
                state.bytes += bytes
                return true
            }
        }
    }
}
