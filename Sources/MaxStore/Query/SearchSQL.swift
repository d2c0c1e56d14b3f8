internal import MaxHub

/// The SELECT that finds a page: the places of its records, and the values that they are ordered by.
///
/// A page is looked for in two parts where an order is given: first the records whose leading field is not null, in which
/// an index finds the place to go on from, then those where it is null.
struct SearchSQL {
    let table: EntityTable
    let access: QueryAccess
    /// The numbers of the connections.
    let numbers: [Int64]
    /// What has to hold, but for the words that are found by the full-text index on the way.
    let tests: [SQLText]
    /// The words of which the full-text index is asked for the rows.
    let words: String?
    /// The values to order by, each with its direction.
    let keys: [(value: String, isDescending: Bool)]

    /// A part of the records in their order.
    enum Part: CaseIterable {
        case led
        /// Those whose leading field is null.
        case unled
    }

    /// The parts in which a page may be, from a place on.
    func parts(after place: RecordCursor?) -> [Part] {
        keys.isEmpty || place?.keys.first == .null ? [.unled] : [.led, .unled]
    }

    /// The statement for a part, from a place in it or from its beginning.
    func statement(_ part: Part, after place: RecordCursor?, limit: Int) -> SQLText {
        let order = " ORDER BY \(orderTerms(part))"
        let bound = SQLText(" LIMIT ?", [.integer(Int64(limit))])
        guard access == .each else { return selection(part, place, connection: connections) + order + bound }
        let branches = numbers.map { number in
            selection(part, place, connection: SQLText("r._connection = ?", [.integer(number)])) + order + bound
        }
        guard branches.count > 1 else { return branches.first ?? "SELECT 0 WHERE " + SQLText.never }
        let union = SQLText(
            branches.map { "SELECT * FROM (\($0.sql))" }.joined(separator: " UNION ALL "), branches.flatMap(\.values))
        return union + order + bound
    }

    private var connections: SQLText? {
        let list = "IN (\(numbers.map(String.init).joined(separator: ", ")))"
        return switch access {
        case .whole, .each: nil
        case .scan, .text: SQLText("+r._connection \(list)")
        case .gather: SQLText("r._connection \(list)")
        }
    }

    private func selection(_ part: Part, _ place: RecordCursor?, connection: SQLText?) -> SQLText {
        let values = keys.indices.map { ", \(keys[$0].value) AS key\($0)" }.joined()
        var conditions = [connection].compactMap(\.self) + tests
        if let lead = keys.first {
            conditions.append(SQLText("\(lead.value) IS \(part == .led ? "NOT NULL" : "NULL")"))
        }
        if let place { conditions += continuation(part, place) }
        return "SELECT \(rowID) AS place\(values) FROM " + source(and: conditions)
    }

    private var rowID: String { access == .text ? "f.rowid" : "r._row" }

    private func source(and conditions: [SQLText]) -> SQLText {
        guard access == .text, let words else { return "\(table.name) AS r WHERE " + .all(conditions) }
        let match = SQLText("f.\(table.textName) MATCH ?", [.text(words)])
        return "\(table.textName) AS f CROSS JOIN \(table.name) AS r ON r._row = f.rowid WHERE "
            + .all([match] + conditions)
    }

    private func orderTerms(_ part: Part) -> String {
        let fields = keys.enumerated().map { index, key in
            "key\(index)" + (key.isDescending ? " DESC" : index == 0 ? "" : " NULLS LAST")
        }
        let ordered = part == .unled ? Array(fields.dropFirst()) : fields
        return (ordered + ["place" + (isBackwards ? " DESC" : "")]).joined(separator: ", ")
    }

    /// Whether records that are equal in all fields come in the contrary order of their rows.
    private var isBackwards: Bool { keys.last?.isDescending ?? false }
}

extension SearchSQL {
    /// What holds for the records of a part that come after a place.
    private func continuation(_ part: Part, _ place: RecordCursor) -> [SQLText] {
        guard let lead = keys.first, let key = place.keys.first else { return [rowAfter(place)] }
        if part == .unled { return key == .null ? [after(place, from: 1)] : [] }
        // The first of the two says no more than the second, in words for which an index has a place.
        let from = SQLText("\(lead.value) \(lead.isDescending ? "<=" : ">=") ?", [key])
        let beyond = SQLText("\(lead.value) \(lead.isDescending ? "<" : ">") ?", [key])
        return [from, .any([beyond, after(place, from: 1)])]
    }

    /// What comes after a place among the records that are equal to it in the fields before the one of that index.
    private func after(_ place: RecordCursor, from index: Int) -> SQLText {
        guard index < keys.count else { return rowAfter(place) }
        let (value, key) = (keys[index].value, place.keys[index])
        let equal = SQLText.all([SQLText("\(value) IS ?", [key]), after(place, from: index + 1)])
        guard key != .null else { return equal }
        let beyond = SQLText("(\(value) \(keys[index].isDescending ? "<" : ">") ? OR \(value) IS NULL)", [key])
        return .any([beyond, equal])
    }

    private func rowAfter(_ place: RecordCursor) -> SQLText {
        SQLText("\(rowID) \(isBackwards ? "<" : ">") ?", [.integer(place.row)])
    }
}
