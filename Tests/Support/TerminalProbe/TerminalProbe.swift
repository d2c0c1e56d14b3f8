import Glibc
import MaxTerminal
import Synchronization

/// A program that shows one prompt, named by its first argument, and prints what came of it as JSON.
@main
struct TerminalProbe {
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let probe = TerminalProbe(terminal: Terminal(environment: environment()), arguments: arguments)
        do {
            print(try await probe.run())
        } catch {
            print(#"{"error":"\#(error)"}"#)
        }
    }

    let terminal: Terminal
    let arguments: [String]

    private func run() async throws -> String {
        switch arguments.first {
        case "ask": try await json(terminal.ask(line))
        case "mend": try await json(terminal.ask(mended))
        case "two": try await json(terminal.ask(line)) + json(terminal.ask(LinePrompt("Second")))
        case "secret": try await json(terminal.askSecret(secret))
        case "confirm": try await json(terminal.confirm("Erase it?", default: false))
        case "choose": try await json(terminal.choose(list))
        case "many": try await json(terminal.choose(many))
        case "long": try await json(terminal.choose(long))
        case "search": try await json(terminal.choose(search))
        case "work": try await json(quickWork())
        case "hang": try await json(endlessWork())
        case "stubborn": try await json(stubbornWork())
        case "live": try await json(liveWork(lasting: .milliseconds(900)))
        case "watch": try await json(liveWork(lasting: .seconds(600)))
        case "deaf": try await json(liveWork(lasting: nil))
        case "say": sayThings()
        default: "usage"
        }
    }

    private var line: LinePrompt {
        LinePrompt(
            "Tenant URL", example: "https://mycompany.acme.com", enterAlone: "Enter alone starts a local Acme sandbox",
            problem: has("problem") ? "That address does not \u{1B}[31manswer\nat all." : nil,
            canGoBack: has("back"))
    }

    private var mended: LinePrompt {
        var prompt = LinePrompt("Tenant URL", text: "https://old.test")
        prompt.check = { $0.hasPrefix("https://") ? nil : "A web address begins with https://." }
        return prompt
    }

    private var secret: LinePrompt {
        LinePrompt(
            "API token", help: ["Make one at https://acme.test/settings/api-keys"], canGoBack: has("back"),
            held: has("held"))
    }

    private var list: ListPrompt {
        ListPrompt("Workspace", items: names.map { .init(id: $0.lowercased(), label: $0) }, canGoBack: has("back"))
    }

    private var many: ListPrompt {
        ListPrompt("Workspaces", items: names.map { .init(id: $0.lowercased(), label: $0) }, many: true)
    }

    private var long: ListPrompt {
        ListPrompt(
            "Project", items: (1...500).map { .init(id: "p\($0)", label: "Project \($0 * 7)", detail: "detail") })
    }

    private var search: ListPrompt {
        ListPrompt("Repository", items: [.init(id: "first", label: "first")]) { query in
            [.init(id: query, label: "found \(query)"), .init(id: "other", label: "other")]
        }
    }

    private let names = ["Alpha", "Beta", "Gamma", "Delta", "東京"]

    private func has(_ word: String) -> Bool { arguments.contains(word) }

    private func quickWork() async throws -> Reply<String> {
        let text = try await terminal.working("Checking with Acme") { line in
            line.update("Still checking")
            try await Task.sleep(for: .milliseconds(400))
            return "done"
        }
        return .value(text)
    }

    private func endlessWork() async throws -> Reply<String> {
        try await terminal.working("Waiting") { _ in
            try await Task.sleep(for: .seconds(600))
            return .value("never")
        }
    }

    private func stubbornWork() async throws -> Reply<String> {
        try await terminal.working("Waiting") { _ in
            await withCheckedContinuation { (_: CheckedContinuation<Void, Never>) in }
            return .value("never")
        }
    }

    /// Work that is over after a while, says so when it is cancelled, or never ends.
    private func liveWork(lasting time: Duration?) async throws -> Reply<String> {
        let drawings = Drawings()
        let work: @Sendable () async throws -> String = {
            guard let time else {
                await withCheckedContinuation { (_: CheckedContinuation<Void, Never>) in }
                return "never"
            }
            do { try await Task.sleep(for: time) } catch { return "stopped" }
            drawings.end()
            return "done"
        }
        let ending = try await terminal.live({ drawings.next(isStopping: $0) }, while: work)
        return .value(ending)
    }

    private func sayThings() -> String {
        terminal.say("\("good", .good) and \u{1B}[2Jbad\u{7}")
        return ""
    }
}

/// A block that changes with every drawing: fewer lines in the end, and one that is wider than any window.
private final class Drawings: Sendable {
    private let state = Mutex((count: 0, hasEnded: false))

    func end() { state.withLock { $0.hasEnded = true } }

    func next(isStopping: Bool) -> [StyledText] {
        let (count, hasEnded) = state.withLock { state in
            state.count += 1
            return state
        }
        if hasEnded { return ["\("✓", .good) people 16", "\("✓", .good) tasks 160"] }
        let marks = String(repeating: "#", count: 300)
        return ["people 16", "tasks \(count)", "\(marks, .dim)", isStopping ? "Stopping…" : "Collecting…"]
    }
}

private func environment() -> [String: String] {
    ["TERM", "NO_COLOR", "COLUMNS"].reduce(into: [:]) { values, name in
        values[name] = getenv(name).map { String(cString: $0) }
    }
}

private func json(_ reply: Reply<String>) -> String {
    object(reply) { $0.debugDescription }
}

private func json(_ reply: Reply<[UInt8]>) -> String {
    object(reply) { "\($0.count)," + #""hash":\#(fingerprint($0))"# }
}

private func json(_ reply: Reply<Bool>) -> String {
    object(reply) { "\($0)" }
}

private func json(_ reply: Reply<[ListPrompt.Item]>) -> String {
    object(reply) { "\($0.map(\.id))" }
}

private func object<Value>(_ reply: Reply<Value>, _ show: (Value) -> String) -> String {
    switch reply {
    case .value(let value): #"{"value":\#(show(value))}"#
    case .back: #"{"back":true}"#
    }
}

/// FNV-1a, so that a secret is compared without being printed.
package func fingerprint(_ bytes: [UInt8]) -> UInt64 {
    bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
}
