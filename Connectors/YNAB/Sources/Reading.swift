import MaxConnector
import MaxCore

/// How one field of a record is read from what YNAB tells.
struct Reading {
    let field: String
    let key: ToldKey
    let form: Form
    /// Whether an empty text says that there is none.
    let isOptional: Bool

    /// What YNAB tells under the key.
    enum Form {
        case text
        case whole
        case flag
        /// Milliunits, to be written as a decimal.
        case amount
    }

    /// The value of the field; nil when nothing is said of it.
    func value(in container: KeyedDecodingContainer<ToldKey>) throws -> JSON? {
        guard container.contains(key) else { return nil }
        switch form {
        case .text:
            let text = try container.decodeIfPresent(String.self, forKey: key)
            return JSON(isOptional && text?.isEmpty == true ? nil : text)
        case .whole: return try container.decodeIfPresent(Int64.self, forKey: key).map(JSON.integer) ?? .null
        case .flag: return try container.decodeIfPresent(Bool.self, forKey: key).map(JSON.bool) ?? .null
        case .amount:
            return JSON(try container.decodeIfPresent(Int64.self, forKey: key).map { Milliunits(count: $0).decimal })
        }
    }
}

extension EntityDef {
    /// How the fields are read, but for the places of a record, which YNAB does not repeat in it.
    var readings: [Reading] {
        fields.compactMap { field in
            guard let form = form(of: field) else { return nil }
            return Reading(
                field: field.name, key: key(of: field), form: form, isOptional: field.traits.contains(.optional))
        }
    }

    private func form(of field: Field) -> Reading.Form? {
        switch field.kind {
        case .string where self.field(field.name + Self.counted) != nil: .amount
        case .string, .date, .url: .text
        case .integer: .whole
        case .boolean: .flag
        case .ref(let target): Self.places.contains { $0 == target } ? nil : .text
        case .decimal, .json, .collection: nil
        }
    }

    private func key(of field: Field) -> ToldKey {
        let name = field.name.hasSuffix(Self.counted) ? String(field.name.dropLast(Self.counted.count)) : field.name
        let words = name.reduce(into: "") { $0 += $1.isUppercase ? "_\($1.lowercased())" : String($1) }
        if case .ref = field.kind { return ToldKey(stringValue: words + "_id") }
        return ToldKey(stringValue: words)
    }

    /// The end of the name of a field that counts milliunits.
    private static let counted = "Milliunits"
    /// The entities in which a record is told.
    private static var places: [any Entity.Type] { [YNABBudget.self, YNABMonth.self] }
}
