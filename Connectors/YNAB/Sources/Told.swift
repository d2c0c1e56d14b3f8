import MaxConnector
import MaxCore

/// An entity whose records YNAB tells of one by one.
protocol YNABEntity: Entity {
    /// How each field is read from what YNAB tells.
    static var readings: [Reading] { get }
    /// The key of what tells one record from another in its list.
    static var key: ToldKey { get }
}

extension YNABEntity {
    static var key: ToldKey { "id" }
}

/// One thing as YNAB tells it, read by the fields of its entity.
///
/// What YNAB does not mention is absent here too, so that it stays as it was.
struct Told<Kind: YNABEntity>: Decodable {
    let key: String
    /// Whether it does not exist any more.
    let isDeleted: Bool
    let fields: [String: JSON]

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: ToldKey.self)
        key = try container.decode(String.self, forKey: Kind.key)
        isDeleted = try container.decodeIfPresent(Bool.self, forKey: "deleted") ?? false
        var fields: [String: JSON] = [:]
        for reading in Kind.readings { fields[reading.field] = try reading.value(in: container) }
        self.fields = fields
    }

    /// The same as a record or a loss of a budget's.
    ///
    /// - Parameters:
    ///   - id: The record's id, where the key alone is none.
    ///   - others: The references that follow from where it was told.
    func news(of budget: String, id: String? = nil, _ others: [String: JSON] = [:]) -> News {
        let id = id ?? key
        guard !isDeleted else { return .gone(Ref(Kind.self, id)) }
        let place: [String: JSON] = ["budget": .string(budget)]
        return .present(Record(Kind.self, id: id, fields.merging(place) { $1 }.merging(others) { $1 }))
    }
}

/// What is told of one record.
enum News {
    case present(Record)
    case gone(Ref)
}

/// A key of an object that YNAB sends.
struct ToldKey: CodingKey, ExpressibleByStringLiteral {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringLiteral value: String) { stringValue = value }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
