internal import Foundation
internal import MaxCore
internal import MaxHub

/// Makes rows of an entity from parsed lines.
///
/// The lines of a source mostly have the same names in the same order, so that a name is first compared with the one at
/// its place in the line before.
struct LineRows {
    private let fields: [StoredField]
    /// The forms of the fields' columns.
    private let forms: [FieldForm]
    private let places: [String: Place]
    private var expected: [(name: [UInt8], place: Place)] = []

    /// Where the value of a name goes.
    private enum Place {
        case id
        case field(Int)
        case others
    }

    /// How many names of a line are compared with those of the line before.
    private static let mostExpected = 256

    init(of entity: StoredEntity) {
        fields = entity.fields
        forms = fields.map { FieldForm($0.kind) }
        var places = Dictionary(uniqueKeysWithValues: fields.enumerated().map { ($1.name, Place.field($0)) })
        places["id"] = .id
        self.places = places
    }

    /// Makes the row of a line of so many bytes.
    mutating func row(of line: TapeValue, bytes: Int) throws(LineFault) -> RowDraft {
        guard case .object(var members) = line.content else { throw .notAnObject }
        var row = RowDraft(fields: fields.count, bytes: bytes)
        try row.begin(members)
        var position = 0
        var isNamed = false
        while let name = members.next(), let value = members.next() {
            switch place(of: name.text, at: position) {
            case .id:
                if isNamed { throw .repeated("id") }
                isNamed = true
            case .field(let index):
                if row.isTold(index) { throw .repeated(fields[index].name) }
                if try !row.put(value, at: index, as: forms[index]) {
                    row.others[fields[index].name] = try value.json()
                }
            case .others: try row.put(value, besides: String(decoding: name.text, as: UTF8.self))
            }
            position += 1
        }
        return row
    }

    private mutating func place(of name: UnsafeBufferPointer<UInt8>, at position: Int) -> Place {
        if position < expected.count, expected[position].name.isEqual(to: name) { return expected[position].place }
        let place = places[String(decoding: name, as: UTF8.self)] ?? .others
        if position < expected.count {
            expected[position] = (Array(name), place)
        } else if position < Self.mostExpected {
            expected.append((Array(name), place))
        }
        return place
    }
}

extension [UInt8] {
    fileprivate func isEqual(to other: UnsafeBufferPointer<UInt8>) -> Bool {
        guard count == other.count, let start = other.baseAddress else { return count == other.count }
        return withUnsafeBufferPointer { $0.baseAddress.map { memcmp($0, start, count) == 0 } ?? true }
    }
}

extension RowDraft {
    /// Begins with the id that stands among the members of an object.
    fileprivate mutating func begin(_ members: TapeValue.Elements) throws(LineFault) {
        var members = members
        while let name = members.next(), let value = members.next() {
            if name.text.elementsEqual("id".utf8) { return try begin(id: value) }
        }
        throw .withoutID
    }

    private mutating func begin(id: TapeValue) throws(LineFault) {
        switch id.content {
        case .text(let text) where !text.isEmpty: begin(id: text)
        case .integer(let number): begin(id: String(number))
        case .large(let number): begin(id: String(number))
        case .null: throw .withoutID
        case .text, .number, .bool, .array, .object: throw .badID
        }
    }

    /// Gives a field its value; false when it is not of the field's kind.
    fileprivate mutating func put(_ value: TapeValue, at index: Int, as form: FieldForm) throws(LineFault) -> Bool {
        switch value.content {
        case .null: put(JSON.null, at: index, as: form)
        case .bool(let flag): put(flag, at: index, as: form)
        case .integer(let whole): put(whole, at: index, as: form)
        case .number(let number): put(number, at: index, as: form)
        case .text(let text): put(text: text, at: index, as: form)
        case .large, .array, .object: put(json: try value.json(), at: index, as: form)
        }
    }

    fileprivate mutating func put(_ value: TapeValue, besides name: String) throws(LineFault) {
        if others.updateValue(try value.json(), forKey: name) != nil { throw .repeated(name) }
    }
}
