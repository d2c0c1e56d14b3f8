internal import MaxHub

/// A field in its row.
struct FieldRow {
    let name: String
    let kind: String
    let target: String?
    let isTitle: Bool
    let isText: Bool
    let isIndexed: Bool

    init(row: RecordStatement) {
        name = row.text(at: 0) ?? ""
        kind = row.text(at: 1) ?? ""
        target = row.text(at: 2)
        isTitle = row.integer(at: 3) != 0
        isText = row.integer(at: 4) != 0
        isIndexed = row.integer(at: 5) != 0
    }

    init(_ field: StoredField) {
        (name, kind, target) = (field.name, field.kind.word, field.kind.target)
        (isTitle, isText, isIndexed) = (field.isTitle, field.isText, field.isIndexed)
    }

    init(_ collection: StoredCollection) {
        (name, kind, target) = (collection.name, "collection", collection.children)
        (isTitle, isText, isIndexed) = (false, false, false)
    }

    var values: [RecordStatement.Value] {
        [.text(name), .text(kind), target.map(RecordStatement.Value.text) ?? .null]
            + [isTitle, isText, isIndexed].map { .integer($0 ? 1 : 0) }
    }

    var field: StoredField? {
        StoredField.Kind(word: kind, target: target).map {
            StoredField(name: name, kind: $0, isTitle: isTitle, isText: isText, isIndexed: isIndexed)
        }
    }

    var collection: StoredCollection? {
        kind == "collection" ? StoredCollection(name: name, children: target ?? "") : nil
    }
}

extension StoredField.Kind {
    fileprivate var word: String {
        switch self {
        case .string: "string"
        case .integer: "integer"
        case .decimal: "decimal"
        case .boolean: "boolean"
        case .date: "date"
        case .url: "url"
        case .json: "json"
        case .ref: "ref"
        }
    }

    fileprivate var target: String? {
        if case .ref(let entity) = self { entity } else { nil }
    }

    fileprivate init?(word: String, target: String?) {
        let plain: [StoredField.Kind] = [.string, .integer, .decimal, .boolean, .date, .url, .json]
        if word == "ref", let target {
            self = .ref(target)
        } else if let kind = plain.first(where: { $0.word == word }) {
            self = kind
        } else {
            return nil
        }
    }
}
