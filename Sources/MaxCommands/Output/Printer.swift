internal import Foundation
internal import MaxCore
internal import MaxTerminal
internal import Synchronization

/// Standard output: results and nothing else.
struct Printer: Sendable {
    let calledAs: CalledAs
    private let loss = Loss()

    init(calledAs: CalledAs) { self.calledAs = calledAs }

    /// Whether something could not be written, as on a full disk.
    var hasLost: Bool { loss.isKnown.withLock(\.self) }

    private final class Loss: Sendable {
        let isKnown = Mutex(false)
    }

    /// Prints a line for people; control characters in it, which may come from a provider, are made harmless.
    func line(_ text: String) { write(calledAs.spell(text).harmless + "\n") }

    /// Prints text of Max's own, such as help, in the lines it has.
    func text(_ text: String) { write(calledAs.spell(text) + "\n") }

    /// Prints one object on one line, with sorted keys.
    func json(_ value: some Encodable) {
        guard let data = try? JSON.encoder.encode(value) else { return }
        write(String(decoding: data, as: UTF8.self) + "\n")
    }

    /// Prints rows in columns as wide as their widest cell.
    func table(_ rows: [[String]]) {
        let rows = rows.map { row in row.map(\.harmless) }
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns).map { column in
            rows.map { $0.count > column ? $0[column].displayWidth : 0 }.max() ?? 0
        }
        for row in rows {
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: max(0, $1 - $0.displayWidth)) }
            line(String(cells.joined(separator: "  ").reversed().drop { $0 == " " }.reversed()))
        }
    }

    private func write(_ text: String) {
        do { try FileHandle.standardOutput.write(contentsOf: Data(text.utf8)) } catch {
            loss.isKnown.withLock { $0 = true }
        }
    }
}
