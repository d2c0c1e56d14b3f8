internal import Dispatch
internal import Foundation
package import Glibc
internal import Synchronization

/// A program running on a terminal of its own, with a person made of code in front of it.
package final class PseudoTerminal: Sendable {
    /// How a program ended.
    package enum ExitStatus: Sendable, Equatable {
        case exited(Int32)
        case signalled(Int32)
    }

    /// What the program did that a person did not expect, with all that was on the screen.
    package struct Surprise: Error, CustomStringConvertible {
        package let description: String
    }

    private struct State: Sendable {
        var raw: [UInt8] = []
        var picture: TerminalPicture
        var position = 0
        var status: ExitStatus?
        var isDrained = false
        var listeners: [Int: AsyncStream<Void>.Continuation] = [:]
        var nextListener = 0
    }

    /// The program's process, the leader of a session whose controlling terminal this is.
    package let processID: pid_t

    private let master: Int32
    private let wake: (read: Int32, write: Int32)
    private let standardOutputPath: String?
    private let state: Mutex<State>
    private let writing = DispatchQueue(label: "pseudo-terminal.writing")

    init(_ program: TerminalProgram) throws {
        let spawned = try program.spawn()
        processID = spawned.processID
        master = spawned.master
        standardOutputPath = spawned.standardOutputPath
        wake = try closeOnExecPair()
        state = Mutex(State(picture: TerminalPicture(columns: program.columns)))
        // Threads of their own: these block, and tests run many terminals side by side.
        Thread.detachNewThread { self.readUntilHangup() }
        Thread.detachNewThread { self.waitForExit() }
    }

    /// Types `text`.
    package func send(_ text: String) async {
        let bytes = Array(text.utf8)
        await withCheckedContinuation { done in
            writing.async { [self] in
                writeAll(bytes)
                done.resume()
            }
        }
    }

    /// Presses `key`.
    package func send(_ key: TerminalKey) async {
        await send(key.sequence)
    }

    /// Pastes `text`, as a terminal does that was asked for bracketed paste.
    package func paste(_ text: String) async {
        await send("\u{1B}[200~\(text)\u{1B}[201~")
    }

    /// Waits until `text` appears behind what was expected before; escape sequences do not count.
    package func expect(_ text: String, within limit: Duration = .seconds(20)) async throws {
        let wanted = Array(text.utf8)
        let found = await until(within: limit) { state in
            guard let place = state.picture.plain.firstPlace(of: wanted, from: state.position) else { return false }
            state.position = place + wanted.count
            return true
        }
        if !found { throw surprise("Expected \"\(text)\" and did not see it.") }
    }

    /// Waits until the picture on the screen, its rows joined by line breaks, is as `condition` wants it.
    package func expectScreen(
        within limit: Duration = .seconds(20), _ condition: @escaping @Sendable (String) -> Bool
    ) async throws {
        let found = await until(within: limit) { condition($0.picture.text) }
        if !found { throw surprise("The screen did not come to look as expected.") }
    }

    /// Waits until the program has ended and all it wrote has arrived.
    @discardableResult
    package func wait(within limit: Duration = .seconds(20)) async throws -> ExitStatus {
        _ = await until(within: limit) { $0.status != nil && $0.isDrained }
        guard let status = state.withLock({ $0.status }) else { throw surprise("The program did not end.") }
        return status
    }

    /// Sends `signal` to the program, unless it has ended.
    package func kill(_ signal: Int32) {
        state.withLock { state in
            if state.status == nil { _ = Glibc.kill(processID, signal) }
        }
    }

    /// Changes the size of the window, and lets the program know.
    package func resize(columns: Int, rows: Int) {
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        state.withLock { $0.picture.columns = columns }
        _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    }

    /// All bytes the program wrote to the terminal, escape sequences included.
    package var transcript: [UInt8] {
        state.withLock { $0.raw }
    }

    /// What a person sees: the rows of the screen, and those scrolled away, without trailing blanks.
    package var screen: String {
        state.withLock { $0.picture.text }
    }

    /// What the program wrote to its standard output, where that was redirected.
    package var standardOutput: String {
        standardOutputPath.map { String(decoding: contents(ofFile: $0), as: UTF8.self) } ?? ""
    }

    /// Whether what is typed is shown by the terminal itself.
    package var isEchoing: Bool {
        attributes.c_lflag & tcflag_t(ECHO) != 0
    }

    /// Whether the terminal gives out whole lines only.
    package var isCanonical: Bool {
        attributes.c_lflag & tcflag_t(ICANON) != 0
    }

    /// Whether the cursor can be seen.
    package var showsCursor: Bool {
        state.withLock { $0.picture.showsCursor }
    }

    /// Whether a paste would be marked as one.
    package var bracketsPaste: Bool {
        state.withLock { $0.picture.bracketsPaste }
    }

    /// Ends the program and everything in its process group, and waits for the end of it.
    func close() async {
        state.withLock { state in
            if state.status == nil { _ = Glibc.kill(-processID, SIGKILL) }
        }
        _ = await until(within: .seconds(20)) { $0.status != nil }
        _ = withUnsafePointer(to: UInt8(0)) { Glibc.write(wake.write, $0, 1) }
        _ = await until(within: .seconds(20)) { $0.isDrained }
        for descriptor in [master, wake.read, wake.write] { Glibc.close(descriptor) }
        if let standardOutputPath { unlink(standardOutputPath) }
    }

    private var attributes: termios {
        var attributes = termios()
        tcgetattr(master, &attributes)
        return attributes
    }

    private func surprise(_ sentence: String) -> Surprise {
        let (plain, raw, status) = state.withLock { ($0.picture, $0.raw, $0.status) }
        return Surprise(
            description: """
                \(sentence)
                --- screen
                \(plain.text)
                --- transcript
                \(String(decoding: raw, as: UTF8.self).debugDescription)
                --- status: \(status.map { "\($0)" } ?? "running")
                """)
    }

    /// Waits until `condition` holds, which is asked again after everything that happens; false when it never did.
    private func until(
        within limit: Duration, _ condition: @escaping @Sendable (inout State) -> Bool
    ) async -> Bool {
        let (changes, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
        let number = state.withLock { state in
            state.nextListener += 1
            state.listeners[state.nextListener] = continuation
            return state.nextListener
        }
        defer { state.withLock { $0.listeners[number] = nil } }
        continuation.yield()
        let timer = DispatchSource.makeTimerSource()
        timer.schedule(deadline: .now() + .milliseconds(Int(limit / .milliseconds(1))))
        timer.setEventHandler { continuation.finish() }
        timer.resume()
        defer { timer.cancel() }
        for await _ in changes where state.withLock({ condition(&$0) }) { return true }
        return state.withLock { condition(&$0) }
    }

    private func change(_ body: (inout State) -> Void) {
        state.withLock { state in
            body(&state)
            for listener in state.listeners.values { listener.yield() }
        }
    }

    private func readUntilHangup() {
        while true {
            var descriptors = [
                pollfd(fd: wake.read, events: Int16(POLLIN), revents: 0),
                pollfd(fd: master, events: Int16(POLLIN), revents: 0),
            ]
            guard poll(&descriptors, 2, -1) > 0 else { continue }
            guard descriptors[1].revents != 0 else { break }
            let bytes = readSome(master)
            if bytes.isEmpty { break }
            change { state in
                state.raw += bytes
                state.picture.take(bytes)
            }
        }
        change { $0.isDrained = true }
    }

    private func waitForExit() {
        // Looked at first and reaped under the lock, so that `kill` never meets a number that is somebody else's.
        var info = siginfo_t()
        while waitid(P_PID, id_t(processID), &info, WEXITED | WNOWAIT) == -1, errno == EINTR {}
        change { state in
            var status: Int32 = 0
            waitpid(processID, &status, 0)
            let signal = status & 0x7F
            state.status = signal == 0 ? .exited((status >> 8) & 0xFF) : .signalled(signal)
        }
    }

    private func writeAll(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(master, $0.baseAddress, $0.count) }
            if count <= 0, errno != EINTR { return }
            rest = rest.dropFirst(max(0, count))
        }
    }
}

/// Runs `program` on a terminal while `body` sits in front of it; the program is gone when this returns.
package func withPseudoTerminal<Value>(
    _ program: TerminalProgram, _ body: (PseudoTerminal) async throws -> Value
) async throws -> Value {
    let terminal = try PseudoTerminal(program)
    do {
        let value = try await body(terminal)
        await terminal.close()
        return value
    } catch {
        await terminal.close()
        throw error
    }
}

extension [UInt8] {
    /// Where `pattern` begins, looking from `start` on.
    fileprivate func firstPlace(of pattern: [UInt8], from start: Int) -> Int? {
        guard let first = pattern.first, count - start >= pattern.count else { return nil }
        return (start...(count - pattern.count)).first { place in
            self[place] == first && self[place..<(place + pattern.count)].elementsEqual(pattern)
        }
    }
}
