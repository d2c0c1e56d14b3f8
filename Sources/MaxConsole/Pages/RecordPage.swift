internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxQuery

/// One record with its edges.
struct RecordPage: Page {
    static let template = "record"

    let frame: Frame
    let label: String
    let address: String
    let table: String
    let entity: String
    let title: String
    let gone: String?
    let fields: [RecordFieldPart]
    let edges: [EdgePart]

    init(_ reply: RecordReply, of connection: Connection, _ setting: PageSetting) {
        let slug = connection.slug
        let (record, stored) = (reply.record, reply.entity)
        (label, address) = (connection.label, ConsolePath.connection(slug))
        (entity, table) = (stored.name, ConsolePath.table(stored.name, of: slug))
        let named = stored.fields.first(where: \.isTitle).flatMap { record.fields[$0.name]?.string }
        title = named.flatMap { $0.isEmpty ? nil : $0 } ?? "\(stored.name) \(record.ref.id)"
        fields =
            stored.fields.compactMap { field in
                record.fields[field.name].map { RecordFieldPart(field.name, $0, field.kind, of: slug) }
            }
            + record.others.sorted { $0.key < $1.key }.map { RecordFieldPart($0.key, $0.value, .json, of: slug) }
        switch reply {
        case .present(_, _, let children, let parents):
            gone = nil
            edges = children.map { EdgePart($0, of: slug) } + [EdgePart(parents: parents, of: slug)].compactMap(\.self)
        case .gone(_, _, let since):
            gone = "Its provider does not have it any more since \(Phrase.moment(since)). This is what it was."
            edges = []
        }
        frame = setting.frame(title, at: .sources)
    }
}

/// A field of a record; exactly one form of its value is set.
struct RecordFieldPart: Sendable {
    let name: String
    var text = ""
    /// The page of the record it names.
    var href: String?
    /// A page on the web.
    var outside: LinkPart?
    var plain: String?
    var nested: String?

    init(_ name: String, _ value: JSON, _ kind: StoredField.Kind, of slug: String) {
        self.name = name
        text = value.typed
        switch (kind, value) {
        case (_, .null): plain = "—"
        case (.ref(let entity), .string(let id)): href = ConsolePath.record(id, entity, of: slug)
        case (.url, .string(let url)):
            outside = URL(string: url).flatMap { LinkPart(url, $0) }
            plain = outside == nil ? url : nil
        case (.date, .string(let time)): plain = Phrase.shortTime(time).map { "\($0) UTC" } ?? time
        case (_, .array(let elements)) where elements.isEmpty: plain = "—"
        case (_, .array(let elements)) where elements.allSatisfy(\.isPlain): plain = value.typed
        case (_, .array), (_, .object): nested = value.text
        default: plain = text
        }
    }
}

extension JSON {
    /// Whether there is nothing within it.
    fileprivate var isPlain: Bool {
        switch self {
        case .array, .object: false
        case .null, .bool, .integer, .number, .string: true
        }
    }
}

/// Records that a record is connected with.
struct EdgePart: Sendable {
    let title: String
    let links: [EdgeLink]
    let more: String?

    init(_ group: EdgeGroup, of slug: String) {
        title = "\(group.field) · \(Phrase.number(group.count))"
        links = group.first.prefix(20).map { EdgeLink($0, group.entity, of: slug) }
        let hidden = group.count - links.count
        more = hidden > 0 ? "and \(Phrase.number(hidden)) more" : nil
    }

    init?(parents: [Ref], of slug: String) {
        guard !parents.isEmpty else { return nil }
        title = "Belongs to"
        links = parents.prefix(20).map { EdgeLink($0.id, $0.entity, of: slug) }
        more = nil
    }
}

/// The way to another record.
struct EdgeLink: Sendable {
    let title: String
    let href: String

    init(_ id: String, _ entity: String, of slug: String) {
        (title, href) = ("\(entity) \(id)", ConsolePath.record(id, entity, of: slug))
    }
}

extension RecordReply {
    fileprivate var record: QueriedRecord {
        switch self {
        case .present(let record, _, _, _), .gone(let record, _, _): record
        }
    }

    fileprivate var entity: StoredEntity {
        switch self {
        case .present(_, let entity, _, _), .gone(_, let entity, _): entity
        }
    }
}
