internal import Synchronization

extension Terminal {
    /// Lets the person pick from a list; gives the one entry picked, or all that are ticked, in the list's order.
    package func choose(_ prompt: ListPrompt) async throws(TerminalError) -> Reply<[ListPrompt.Item]> {
        guard isInteractive else { throw .notInteractive }
        let mode = isLive ? TerminalMode.keys : .lines(echo: true)
        let reply = try await TerminalSession.run(on: self, mode: mode) { events throws(TerminalError) in
            try await ListConversation(terminal: self, prompt: prompt, events: events).hold()
        }
        guard let reply else { throw .notInteractive }
        return reply
    }
}

/// One list being picked from, with the searches that run meanwhile.
private struct ListConversation: Sendable {
    /// How long typing must pause before a search begins.
    private static let pause = Duration.milliseconds(200)

    private typealias Outcome = Result<Reply<[ListPrompt.Item]>, TerminalError>

    let terminal: Terminal
    let prompt: ListPrompt
    let events: TerminalEvents

    func hold() async throws(TerminalError) -> Reply<[ListPrompt.Item]> {
        let latest = LatestSearch()
        let outcome = await withTaskGroup(of: Void.self, returning: Outcome.self) { searches in
            defer { searches.cancelAll() }
            var canvas = Canvas(terminal)
            do throws(TerminalError) {
                let reply = try await pick(&canvas, latest) { query in
                    let number = latest.begin()
                    searches.addTask { await search(query, number, latest) }
                }
                canvas.settle(settled(reply))
                return .success(reply)
            } catch {
                canvas.settle(["\("?", .dim) \(prompt.label, .dim)"])
                return .failure(error)
            }
        }
        return try outcome.get()
    }

    /// Takes keys until something is picked.
    private func pick(
        _ canvas: inout Canvas, _ latest: LatestSearch, startSearch: (String) -> Void
    ) async throws(TerminalError) -> Reply<[ListPrompt.Item]> {
        var prompt = prompt
        var editor = ListEditor(prompt)
        var isSearching = false
        while true {
            let width = terminal.width
            let page = Screen.page(of: prompt, width: width, height: terminal.height)
            canvas.draw(Screen(prompt, editor: editor, isSearching: isSearching, width: width, page: page))
            switch try await events.next() {
            case .key(.control("d")) where editor.query.isEmpty: throw .endOfInput
            case .key(let key):
                let query = editor.query
                switch editor.apply(key, page: page) {
                case .picked(let items): return .value(items)
                case .back: return .back
                case .search(let query):
                    isSearching = true
                    startSearch(query)
                case .goOn where editor.query != query:
                    isSearching = false
                    _ = latest.begin()
                case .goOn: break
                }
                if key == .enter, !terminal.isLive { canvas.lose() }
            case .found(let number, let items) where latest.is(number):
                isSearching = false
                prompt.problem = items == nil ? "That search did not work. Type on to try it again." : nil
                editor.show(items ?? [])
                if !terminal.isLive { canvas.lose() }
            case .resumed: canvas.lose()
            default: break
            }
        }
    }

    private func search(_ query: String, _ number: Int, _ latest: LatestSearch) async {
        guard let search = prompt.search else { return }
        do {
            try await Task.sleep(for: Self.pause)
            guard latest.is(number) else { return }
            events.post(.found(number, try await search(query)))
        } catch is CancellationError {
            return
        } catch {
            events.post(.found(number, nil))
        }
    }

    private func settled(_ reply: Reply<[ListPrompt.Item]>) -> [StyledText] {
        guard case .value(let items) = reply else { return [] }
        let names = items.isEmpty ? "none" : items.map(\.label).joined(separator: ", ")
        return ["\("›", .accent) \(prompt.label)  \(names, .strong)"]
    }
}

/// The number of the search that still matters.
private final class LatestSearch: Sendable {
    private let number = Atomic(0)

    func begin() -> Int {
        number.wrappingAdd(1, ordering: .relaxed).newValue
    }

    func `is`(_ candidate: Int) -> Bool {
        number.load(ordering: .relaxed) == candidate
    }
}
