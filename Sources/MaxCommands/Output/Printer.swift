internal import Foundation
internal import MaxCore
internal import MaxTerminal
internal import Synchronization

/// Standard output: results and nothing else.
struct Printer: Sendable {
    let calledAs: CalledAs
    /// How tones are shown, and how wide the window is; of the terminal that standard output may be.
    private let terminal: Terminal
    private let loss = Loss()

    init(_ settings: Settings) {
        calledAs = settings.calledAs
        terminal = Terminal(output: STDOUT_FILENO, environment: settings.environment)
    }

    /// Columns of the window; nil where what is printed is not read in one.
    var width: Int? { terminal.isShown ? terminal.width : nil }

    /// Whether something could not be written, as on a full disk.
    var hasLost: Bool { loss.isKnown.withLock(\.self) }

    private final class Loss: Sendable {
        let isKnown = Mutex(false)
    }

    /// Prints a line for people; control characters in it, which may come from a provider, are made harmless.
    func line(_ text: String) { write(calledAs.spell(text).harmless + "\n") }

    /// Prints a line for people with tones, where they can be seen.
    func line(_ text: StyledText) { write(terminal.style.render(text.mapping(calledAs.spell)) + "\n") }

    /// Prints text of Max's own, such as help, in the lines it has.
    func text(_ text: String) { write(calledAs.spell(text) + "\n") }

    /// Prints one object on one line, with sorted keys.
    func json(_ value: some Encodable) {
        guard let data = try? JSON.encoder.encode(value) else { return }
        write(shown(String(decoding: data, as: UTF8.self)) + "\n")
    }

    /// Prints a value as it is, on one line.
    func json(_ value: JSON) { write(shown(value.line) + "\n") }

    /// Prints data: as it is into a file or a pipe, harmless where it is shown.
    func data(_ text: some StringProtocol) { write(shown(String(text))) }

    /// Prints data: as it is into a file or a pipe, harmless where it is shown.
    func data(_ bytes: [UInt8]) {
        if terminal.isShown { data(String(decoding: bytes, as: UTF8.self)) } else { write(Data(bytes)) }
    }

    /// The text as it may go to standard output: a window would obey the control characters in it.
    private func shown(_ text: String) -> String {
        guard terminal.isShown else { return text }
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        return lines.map { String($0).harmless }.joined(separator: "\n")
    }

    /// Prints a table as wide as the window and tells what had no room in it.
    func table(_ table: Table, remark: (String) -> Void = { _ in }) {
        let (lines, leftOut) = table.lines(width: width)
        for line in lines { write(line + "\n") }
        if !leftOut.isEmpty { remark("No room for \(leftOut.joined(separator: ", ")); choose with --fields.") }
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

    private func write(_ text: String) { write(Data(text.utf8)) }

    private func write(_ data: Data) {
        do { try FileHandle.standardOutput.write(contentsOf: data) } catch {
            loss.isKnown.withLock { $0 = true }
        }
    }
}
