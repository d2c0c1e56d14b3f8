internal import Foundation
internal import MaxCore

/// Standard output: results and nothing else.
struct Printer: Sendable {
    let calledAs: CalledAs

    /// Prints a line for people.
    func line(_ text: String) { write(calledAs.spell(text) + "\n") }

    /// Prints one object on one line, with sorted keys.
    func json(_ value: some Encodable) {
        guard let data = try? JSON.encoder.encode(value) else { return }
        write(String(decoding: data, as: UTF8.self) + "\n")
    }

    /// Prints rows in columns as wide as their widest cell.
    func table(_ rows: [[String]]) {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in rows.map { $0.count > column ? $0[column].count : 0 }.max() ?? 0 }
        for row in rows {
            let cells = zip(row, widths).map { $0.padding(toLength: $1, withPad: " ", startingAt: 0) }
            line(String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed()))
        }
    }

    private func write(_ text: String) {
        try? FileHandle.standardOutput.write(contentsOf: Data(text.utf8))
    }
}
