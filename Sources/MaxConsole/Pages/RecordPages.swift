internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxQuery

/// The entities of an account.
struct RecordsPage: Page {
    static let template = "records"

    let frame: Frame
    let label: String
    let address: String
    let entities: [EntityLink]
    let hasEntities: Bool

    init(_ entities: [SchemaReply], of connection: Connection, _ setting: PageSetting) {
        (label, address) = (connection.label, ConsolePath.connection(connection.slug))
        self.entities = entities.filter { !$0.entity.fields.isEmpty }.map {
            EntityLink($0.entity, count: $0.counts[connection.slug] ?? 0, of: connection.slug)
        }
        hasEntities = !self.entities.isEmpty
        frame = setting.frame("Records", at: .sources)
    }
}

/// What somebody wants to see of an entity, as it was typed.
struct TableQuestion: Sendable, Hashable {
    /// How many records are on one page.
    static let size = 50

    var filter = ""
    var match = ""
    var order = ""
    var after: String?

    /// The question for the records of an account.
    func request(_ entity: StoredEntity, of slug: String) -> SearchRequest {
        SearchRequest(
            scope: slug, entity: entity.name, filter: filter.isEmpty ? nil : filter, match: match.isEmpty ? nil : match,
            orderBy: order.isEmpty ? nil : order, fields: entity.columns.map(\.name).joined(separator: ", "),
            limit: Self.size, after: after)
    }

    /// The question for how many there are.
    func count(_ entity: StoredEntity, of slug: String) -> CountRequest {
        CountRequest(
            scope: slug, entity: entity.name, filter: filter.isEmpty ? nil : filter,
            match: match.isEmpty ? nil : match)
    }

    /// The page's address with another beginning.
    func link(_ path: String, after: String?) -> String {
        ConsolePath.query(path, [("match", match), ("filter", filter), ("order", order), ("after", after)])
    }
}

/// The records of an entity as a table.
struct TablePage: Page {
    static let template = "table"

    let frame: Frame
    let label: String
    let address: String
    let action: String
    let entity: String
    let total: String
    let match: String
    let cannotMatch: Bool
    let filter: String
    let example: String
    let orders: [OrderPart]
    let problem: ProblemPart?
    let columns: [String]
    let rows: [RowPart]
    let hasRows: Bool
    let isBlank: Bool
    let blank: String
    let pager: PagerPart?

    init(
        _ entity: StoredEntity, _ question: TableQuestion, reply: SearchReply?, count: Int?, problem: MaxError?,
        of connection: Connection, _ setting: PageSetting
    ) {
        (label, address) = (connection.label, ConsolePath.connection(connection.slug))
        let path = ConsolePath.table(entity.name, of: connection.slug)
        action = path
        self.entity = entity.name
        total = count.map { Phrase.count($0, "record") } ?? ""
        (match, filter) = (question.match, question.filter)
        cannotMatch = !entity.fields.contains { $0.isTitle || $0.isText }
        example = entity.example
        orders = OrderPart.all(of: entity, chosen: question.order)
        self.problem = problem.map { ProblemPart($0) }
        columns = entity.columns.map(\.name)
        rows = (reply?.records ?? []).map { RowPart($0, entity, of: connection.slug) }
        hasRows = !rows.isEmpty
        isBlank = rows.isEmpty && problem == nil
        blank = question.filter.isEmpty && question.match.isEmpty ? "There is none." : "Nothing fits this question."
        pager = PagerPart(
            earlier: question.after == nil ? nil : question.link(path, after: nil),
            later: reply?.next.map { question.link(path, after: $0) }, place: "")
        frame = setting.frame(entity.name, at: .sources, .wide)
    }
}

/// An order that can be chosen.
struct OrderPart: Sendable {
    let value: String
    let label: String
    let isChosen: Bool

    /// The orders by what is shown, and the one that was asked for.
    static func all(of entity: StoredEntity, chosen: String) -> [OrderPart] {
        let orders = entity.columns.flatMap { both($0.name, chosen: chosen) }
        let isListed = chosen.isEmpty || orders.contains(where: \.isChosen)
        return isListed ? orders : orders + [OrderPart(value: chosen, label: chosen, isChosen: true)]
    }

    private static func both(_ field: String, chosen: String) -> [OrderPart] {
        [
            OrderPart(value: field, label: field, isChosen: chosen == field),
            OrderPart(value: "\(field) desc", label: "\(field), last first", isChosen: chosen == "\(field) desc"),
        ]
    }
}

/// A record in a table.
struct RowPart: Sendable {
    let cells: [CellPart]

    init(_ record: QueriedRecord, _ entity: StoredEntity, of slug: String) {
        let own = ConsolePath.record(record.ref.id, entity.name, of: slug)
        cells = entity.columns.enumerated().map { index, field in
            let value = record.fields[field.name]
            if index == 0 { return CellPart(value.map(\.typed) ?? record.ref.id, field.kind, href: own) }
            if case .ref(let other) = field.kind, let id = value?.string {
                return CellPart(id, field.kind, href: ConsolePath.record(id, other, of: slug))
            }
            return CellPart(value.map(\.typed) ?? "", field.kind, href: nil)
        }
    }
}

/// A value in a table.
struct CellPart: Sendable {
    /// The most characters of a value that are shown.
    private static let longest = 80

    let text: String
    let href: String?
    let isNumber: Bool

    init(_ text: String, _ kind: StoredField.Kind, href: String?) {
        let shown = kind == .date ? Phrase.shortTime(text) ?? text : text
        let cut = shown.count > Self.longest ? "\(shown.prefix(Self.longest - 1))…" : shown
        self.text = cut.isEmpty && href != nil ? "(empty)" : cut
        self.href = href
        isNumber = kind == .integer || kind == .decimal
    }
}

extension StoredEntity {
    /// The most fields that fit beside each other.
    private static let mostColumns = 6

    /// The fields of a table: the title, then whatever is short.
    var columns: [StoredField] {
        let titles = fields.filter(\.isTitle)
        let others = fields.filter { !$0.isTitle && !$0.isText && $0.kind != .json && $0.kind != .url }
        let chosen = Array((titles + others).prefix(Self.mostColumns))
        return chosen.isEmpty ? Array(fields.prefix(Self.mostColumns)) : chosen
    }

    /// A filter that works here.
    var example: String {
        guard let field = fields.first(where: { $0.kind == .date }) ?? fields.first else { return "" }
        return field.kind == .date ? "\(field.name) < +7d" : "\(field.name) = …"
    }
}
