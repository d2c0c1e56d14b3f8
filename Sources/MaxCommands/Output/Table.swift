internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxTerminal

/// Values in columns, for people: cells are harmless, of one line and cut; numbers stand to the right.
struct Table {
    /// One column.
    struct Column {
        let title: String
        var isNumeric = false
        /// Whether it may be left out where there is no room.
        var isOptional = false
        /// Whether its cells are what people copy, so that they are never cut.
        var isWhole = false
    }

    /// The widest a cell gets, in columns of the terminal.
    private static let widestCell = 48
    /// The narrowest a cell is made for others to fit.
    private static let narrowestCell = 10

    let columns: [Column]
    private let cells: [[String]]

    init(_ columns: [Column], _ rows: [[String]]) {
        self.columns = columns
        cells = rows.map { row in
            zip(columns, row).map { $0.isWhole ? $1.harmless : $1.harmless.cut(to: Self.widestCell) }
        }
    }

    /// The lines, the titles first, and the titles of the columns that are left out.
    ///
    /// - Parameter width: How wide a line may be; nil for as wide as it gets.
    func lines(width: Int?) -> (lines: [String], leftOut: [String]) {
        var shown = Array(columns.indices)
        var widths = shown.map { index in
            cells.reduce(columns[index].title.displayWidth) { max($0, $1[index].displayWidth) }
        }
        if let width {
            while needed(shown, widths) > width, narrow(&widths, shown, by: needed(shown, widths) - width) {}
            while needed(shown, widths) > width, let last = shown.lastIndex(where: { columns[$0].isOptional }) {
                shown.remove(at: last)
            }
        }
        let rows = [columns.map(\.title)] + cells
        return (
            rows.map { line($0, shown, widths) },
            columns.indices.filter { !shown.contains($0) }.map { columns[$0].title }
        )
    }

    private func needed(_ shown: [Int], _ widths: [Int]) -> Int {
        shown.reduce(0) { $0 + widths[$1] } + 2 * max(0, shown.count - 1)
    }

    /// Makes the widest column narrower; false when none can be.
    private func narrow(_ widths: inout [Int], _ shown: [Int], by excess: Int) -> Bool {
        let widest = shown.filter { !columns[$0].isNumeric && !columns[$0].isWhole }.max { widths[$0] < widths[$1] }
        guard let widest, widths[widest] > Self.narrowestCell else { return false }
        let next = shown.filter { $0 != widest && !columns[$0].isWhole }.map { widths[$0] }.max() ?? 0
        let floor = max(Self.narrowestCell, min(widths[widest] - 1, next))
        widths[widest] = max(floor, widths[widest] - excess)
        return true
    }

    private func line(_ row: [String], _ shown: [Int], _ widths: [Int]) -> String {
        let cells = shown.map { index in
            let cell = row[index].cut(to: widths[index])
            let space = String(repeating: " ", count: max(0, widths[index] - cell.displayWidth))
            return columns[index].isNumeric ? space + cell : cell + space
        }
        return String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed())
    }
}

extension String {
    /// The text in at most so many columns of the terminal, with a mark where it was cut.
    func cut(to width: Int) -> String {
        guard displayWidth > width else { return self }
        return prefix(columns: width - 1) + "…"
    }
}

extension JSON {
    /// The value as a cell: times without seconds, null as a dash.
    var cell: String {
        switch self {
        case .null: "–"
        case .string(let text): Phrase.shortTime(text) ?? text
        case .number(let number): JSONText.digits(of: number)
        case .bool, .integer, .array, .object: line
        }
    }
}
