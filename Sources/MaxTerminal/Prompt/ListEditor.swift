/// A list being picked from: what is typed, where the pointer stands, what is ticked.
///
/// Pure; keys go in.
struct ListEditor: Sendable {
    /// What a key led to.
    enum Step: Sendable, Equatable {
        case goOn
        case search(String)
        case picked([ListPrompt.Item])
        case back
    }

    private let prompt: ListPrompt

    private(set) var items: [ListPrompt.Item]
    private(set) var query = ""

    /// The entries to be seen, as indices of `items`.
    private(set) var visible: [Int]

    /// The entry pointed at, as an index of `visible`.
    private(set) var pointer = 0

    private(set) var ticked: [ListPrompt.Item]

    /// Begins with the entries of `prompt`.
    init(_ prompt: ListPrompt) {
        self.prompt = prompt
        items = prompt.items
        visible = Array(items.indices)
        ticked = prompt.many ? items.filter { prompt.picked.contains($0.id) } : []
        pointer = prompt.many ? 0 : items.firstIndex { prompt.picked.contains($0.id) } ?? 0
    }

    /// The entry pointed at.
    var pointed: ListPrompt.Item? {
        visible.indices.contains(pointer) ? items[visible[pointer]] : nil
    }

    /// Whether `item` is ticked.
    func isTicked(_ item: ListPrompt.Item) -> Bool {
        ticked.contains { $0.id == item.id }
    }

    /// Takes one key; `page` is how many entries are seen at a time.
    mutating func apply(_ key: Key, page: Int) -> Step {
        switch key {
        case .enter: return enter()
        case .typed(let text), .pasted(let text): return type(text)
        case .backspace: return ask(String(query.dropLast()))
        case .escape, .control("u"): return ask("")
        case .up, .control("p"): move(by: -1, wraps: true)
        case .down, .control("n"): move(by: 1, wraps: true)
        case .pageUp: move(by: -page, wraps: false)
        case .pageDown: move(by: page, wraps: false)
        case .home: move(by: -visible.count, wraps: false)
        case .end: move(by: visible.count, wraps: false)
        default: break
        }
        return .goOn
    }

    /// Shows what a search for the present query found.
    mutating func show(_ found: [ListPrompt.Item]) {
        items = found
        visible = Array(found.indices)
        pointer = 0
    }

    private mutating func enter() -> Step {
        if prompt.canGoBack, query == "<" { return .back }
        guard prompt.many else { return pointed.map { .picked([$0]) } ?? .goOn }
        if query.isEmpty { return .picked(inOrder(ticked)) }
        if let pointed, !isTicked(pointed) { ticked.append(pointed) }
        return ask("")
    }

    private mutating func type(_ text: String) -> Step {
        var step = Step.goOn
        for character in text where !character.isNewline {
            if character == " ", prompt.many {
                toggle()
                if number != nil { step = ask("") }
            } else {
                step = ask(query + String(character))
            }
        }
        return step
    }

    private mutating func toggle() {
        guard let pointed else { return }
        if isTicked(pointed) {
            ticked.removeAll { $0.id == pointed.id }
        } else {
            ticked.append(pointed)
        }
    }

    /// Makes `new` the query: the number of an entry points at it, anything else filters or searches.
    private mutating func ask(_ new: String) -> Step {
        let old = query
        query = new
        if let number {
            visible = Array(items.indices)
            pointer = number - 1
            return .goOn
        }
        if new == old { return .goOn }
        if prompt.search != nil, !new.isEmpty { return .search(new) }
        let pointedID = pointed?.id
        if prompt.search != nil { items = prompt.items }
        visible = items.indices.filter { new.isEmpty || items[$0].label.lowercased().contains(new.lowercased()) }
        pointer = new.isEmpty ? visible.firstIndex { items[$0].id == pointedID } ?? 0 : 0
        return .goOn
    }

    /// The query as the number of an entry.
    private var number: Int? {
        guard query.allSatisfy(\.isNumber), let number = Int(query) else { return nil }
        return items.indices.contains(number - 1) ? number : nil
    }

    private mutating func move(by distance: Int, wraps: Bool) {
        guard !visible.isEmpty else { return }
        let target = pointer + distance
        pointer =
            wraps
            ? (target + visible.count) % visible.count
            : min(max(0, target), visible.count - 1)
    }

    private func inOrder(_ ticked: [ListPrompt.Item]) -> [ListPrompt.Item] {
        guard prompt.search == nil else { return ticked }
        return prompt.items.filter(isTicked)
    }
}
