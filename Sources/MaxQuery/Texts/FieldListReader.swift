internal import MaxCore
internal import MaxHub

/// Reads lists of fields: those to give back, and those to order by.
struct FieldListReader {
    let vocabulary: Vocabulary

    /// How many fields a record can be ordered by.
    static let mostOrderings = 8

    /// The fields of a list such as `title, assignee.email`, each once.
    func fields(in text: TypedText) throws(TextFault) -> [FieldPath] {
        var fields: [FieldPath] = []
        for item in try items(of: text) {
            let field = try vocabulary.field(at: item.path)
            if let word = item.words.first { throw unexpected(word) }
            if !fields.contains(field) { fields.append(field) }
        }
        return fields
    }

    /// The order that a list such as `dueDate desc, title` says.
    func order(in text: TypedText) throws(TextFault) -> [Ordering] {
        var order: [Ordering] = []
        for item in try items(of: text) {
            let field = try vocabulary.field(at: item.path)
            guard field.kind != .json else {
                throw TextFault("\(field.name) is nested data, which has no order", at: item.path.place)
            }
            guard order.count < Self.mostOrderings else {
                throw TextFault("These are more than \(Self.mostOrderings) fields", at: item.path.place)
            }
            order.append(Ordering(field, isDescending: try isDescending(item.words)))
        }
        return order
    }

    /// The one field that a text such as `assignee.email` says.
    func field(in text: TypedText) throws(TextFault) -> FieldPath {
        let items = try items(of: text)
        if let word = items[0].words.first { throw unexpected(word) }
        guard items.count == 1 else { throw TextFault("Here should be the end", at: items[1].path.place) }
        return try vocabulary.field(at: items[0].path)
    }

    private func isDescending(_ words: [Token]) throws(TextFault) -> Bool {
        guard let first = words.first else { return false }
        if words.count > 1 { throw unexpected(words[1]) }
        guard case .word(let word) = first.kind, ["asc", "desc"].contains(word.lowercased()) else {
            throw TextFault("Behind a field can come asc or desc, not \(first.shown)", at: first.place)
        }
        return word.lowercased() == "desc"
    }

    private func unexpected(_ token: Token) -> TextFault {
        TextFault("Here should be a comma or the end, not \(token.shown)", at: token.place)
    }
}

extension FieldListReader {
    private struct Item {
        let path: PathSyntax
        /// What stands behind it, up to the next comma.
        let words: [Token]
    }

    /// The items between the commas; never empty.
    private func items(of text: TypedText) throws(TextFault) -> [Item] {
        var items: [Item] = []
        var rest = try Tokenizer.tokens(of: text)[...]
        repeat {
            let name = rest.removeFirst()
            guard case .word(let word) = name.kind else {
                throw TextFault("Here should be the name of a field, not \(name.shown)", at: name.place)
            }
            let words = rest.prefix { $0.kind != .comma && $0.kind != .end }
            items.append(Item(path: try PathSyntax(word, at: name.place), words: Array(words)))
            rest = rest.dropFirst(words.count)
        } while rest.popFirst()?.kind == .comma
        return items
    }
}
