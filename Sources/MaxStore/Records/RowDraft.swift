internal import MaxCore
internal import MaxHub

/// One record on its way into its table, in memory that is used again for the next.
struct RowDraft {
    /// The value of a field's column; a text lies in ``texts``.
    enum Value {
        /// Nothing was said of it.
        case absent
        case null
        case integer(Int64)
        case real(Double)
        case text(Range<Int>)
    }

    /// The values in the order of the fields.
    private(set) var values: [Value]
    /// The texts of the values, one behind the other.
    private(set) var texts: [UInt8] = []
    /// The record's id, as a place in ``texts``.
    private(set) var id = 0..<0
    /// What came besides the fields, and what does not fit its field.
    var others: [String: JSON] = [:]
    /// How many values were given.
    private(set) var told = 0
    /// The fields whose values did not fit.
    private(set) var misfits: [Int] = []

    /// How much memory is kept for texts, in bytes.
    private static let keptBytes = 256 << 10

    /// Makes room for a record with so many fields, whose texts have about so many bytes.
    init(fields: Int, bytes: Int = 0) {
        values = Array(repeating: .absent, count: fields)
        texts.reserveCapacity(bytes)
    }

    /// Begins the next record.
    mutating func begin(id text: String) {
        var text = text
        text.withUTF8 { begin(id: $0) }
    }

    /// Begins the next record.
    mutating func begin(id text: UnsafeBufferPointer<UInt8>) {
        texts.removeAll(keepingCapacity: texts.count <= Self.keptBytes)
        if told > 0 { for place in values.indices { values[place] = .absent } }
        if !others.isEmpty { others = [:] }
        if !misfits.isEmpty { misfits = [] }
        told = 0
        texts.append(contentsOf: text)
        id = 0..<texts.count
    }

    /// Begins the next record, and takes all of it.
    mutating func take(_ fields: [String: JSON], id: String, _ places: FieldPlaces) {
        begin(id: id)
        places.withLookup { lookup in
            for (name, value) in fields {
                if let place = lookup.place(of: name) {
                    if !put(value, at: place, as: places.forms[place]) { others[name] = value }
                } else if name != "id" || value != .string(id) {
                    others[name] = value
                }
            }
        }
    }
}

extension RowDraft {
    /// Gives a field a value; false when the value is not of the field's kind, and then the field is empty.
    mutating func put(_ value: JSON, at place: Int, as form: FieldForm) -> Bool {
        switch value {
        case .string(var text): text.withUTF8 { put(text: $0, at: place, as: form) }
        case .null: put(.null, at: place)
        case .integer(let whole): put(whole, at: place, as: form)
        case .number(let number): put(number, at: place, as: form)
        case .bool(let flag): put(flag, at: place, as: form)
        case .array, .object: put(json: value, at: place, as: form)
        }
    }

    /// Gives a field a text.
    mutating func put(text: UnsafeBufferPointer<UInt8>, at place: Int, as form: FieldForm) -> Bool {
        let start = texts.count
        switch form {
        case .text: texts.append(contentsOf: text)
        case .date: if !DateText.append(text, to: &texts) { return misfit(at: place) }
        case .json: JSONText.append(.string(String(decoding: text, as: UTF8.self)), to: &texts)
        case .integer, .decimal, .boolean: return misfit(at: place)
        }
        return put(.text(start..<texts.count), at: place)
    }

    /// Gives a field a whole number.
    mutating func put(_ whole: Int64, at place: Int, as form: FieldForm) -> Bool {
        switch form {
        case .integer: put(.integer(whole), at: place)
        case .decimal where Int64(exactly: Double(whole)) == whole: put(.real(Double(whole)), at: place)
        case .json: put(json: .integer(whole), at: place, as: form)
        case .text, .decimal, .boolean, .date: misfit(at: place)
        }
    }

    /// Gives a field a number.
    mutating func put(_ number: Double, at place: Int, as form: FieldForm) -> Bool {
        switch form {
        case .decimal where number.isFinite: return put(.real(number), at: place)
        case .integer:
            guard let whole = Int64(exactly: number) else { return misfit(at: place) }
            return put(.integer(whole), at: place)
        case .json: return put(json: .number(number), at: place, as: form)
        case .text, .decimal, .boolean, .date: return misfit(at: place)
        }
    }

    /// Gives a field a truth value.
    mutating func put(_ flag: Bool, at place: Int, as form: FieldForm) -> Bool {
        switch form {
        case .boolean: put(.integer(flag ? 1 : 0), at: place)
        case .json: put(json: .bool(flag), at: place, as: form)
        case .text, .integer, .decimal, .date: misfit(at: place)
        }
    }

    /// Gives a field nested data.
    mutating func put(json: JSON, at place: Int, as form: FieldForm) -> Bool {
        guard form == .json else { return misfit(at: place) }
        let start = texts.count
        JSONText.append(json, to: &texts)
        return put(.text(start..<texts.count), at: place)
    }

    /// Empties a field.
    mutating func putNull(at place: Int) { _ = put(.null, at: place) }

    private mutating func put(_ value: Value, at place: Int) -> Bool {
        if !isTold(place) { told += 1 }
        values[place] = value
        return true
    }

    private mutating func misfit(at place: Int) -> Bool {
        misfits.append(place)
        _ = put(.null, at: place)
        return false
    }
}

extension RowDraft {
    /// The record's id.
    var idText: String { String(decoding: texts[id], as: UTF8.self) }

    /// Whether nothing was said of some field.
    var isPartial: Bool { told < values.count }

    /// Whether a value was given for the field at that place.
    func isTold(_ place: Int) -> Bool {
        if case .absent = values[place] { false } else { true }
    }

    /// The value of a field's column.
    func value(at place: Int) -> RecordStatement.Value {
        switch values[place] {
        case .absent, .null: .null
        case .integer(let whole): .integer(whole)
        case .real(let number): .real(number)
        case .text(let range): .text(String(decoding: texts[range], as: UTF8.self))
        }
    }

    /// The value of `_other`.
    var othersValue: RecordStatement.Value { others.isEmpty ? .null : .text(JSONText.of(.object(others))) }

    /// The value of `_absent`.
    func absentValue(of fields: [StoredField]) -> RecordStatement.Value {
        guard isPartial else { return .null }
        let names = values.indices.filter { !isTold($0) }.map { JSON.string(fields[$0].name) }
        return .text(JSONText.of(.array(names)))
    }

    /// The values from `id` to `_absent`, in the order of the table.
    func columnValues(of fields: [StoredField]) -> [RecordStatement.Value] {
        [.text(idText)] + values.indices.map(value(at:)) + [othersValue, absentValue(of: fields)]
    }
}
