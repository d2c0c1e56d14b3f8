internal import MaxCore
internal import MaxHub

@testable internal import MaxQuery

/// A random question about tasks, and its answer from plain values.
struct ModelQuestion: CustomStringConvertible {
    let scope: String
    let filter: ModelFilter
    let order: [(path: String, isDescending: Bool)]
    /// The fields to give back; nil for all.
    let fields: [String]?
    /// The field whose values are counted.
    let group: String
    /// How many records a page has.
    let limit: Int

    private static let paths = [
        "title", "status", "dueDate", "changedAt", "estimate", "votes", "done", "id", "assignee", "parent",
        "assignee.name", "assignee.team.code", "parent.votes",
    ]

    init(_ random: inout SeededRandom) {
        scope = (ModelWorld.slugs + ["demo", "all", "ALL"]).randomElement(using: &random) ?? ""
        filter = .random(&random)
        order = (0..<Int.random(in: 0..<4, using: &random)).map { _ in
            (Self.paths.randomElement(using: &random) ?? "", Bool.random(using: &random))
        }
        fields = Bool.random(using: &random) ? nil : Array(Self.paths.shuffled(using: &random).prefix(3))
        group = Self.paths.randomElement(using: &random) ?? ""
        limit = Int.random(in: 1..<40, using: &random)
    }

    var description: String {
        "\(filter.text.debugDescription) of \(scope) by \(orderText.debugDescription), \(limit) a page, grouped by \(group)"
    }

    private var orderText: String {
        order.map { $0.path + ($0.isDescending ? " desc" : "") }.joined(separator: ", ")
    }

    /// The records that it is about, in their order.
    func answer(in world: ModelWorld) -> [ModelRecord] {
        let found = world.records.filter { record in
            record.entity == "DemoTask" && world.connections[scope].map { $0 == record.connection } ?? true
                && filter.holds(record, world)
        }
        let places = (order.last?.isDescending ?? false) ? Array(found.reversed()) : found
        return places.enumerated().sorted { one, other in
            for (path, isDescending) in order {
                let (value, counterpart) = (world.value(path, of: one.element), world.value(path, of: other.element))
                if value == .null, counterpart == .null { continue }
                if value == .null || counterpart == .null { return counterpart == .null }
                if value.precedes(counterpart) { return !isDescending }
                if counterpart.precedes(value) { return isDescending }
            }
            return one.offset < other.offset
        }.map(\.element)
    }

    /// Everything that pages of it have, one after the other.
    func pages(of service: QueryService) async throws -> [QueriedRecord] {
        var request = SearchRequest(
            scope: scope, entity: "DemoTask", filter: filter.text, orderBy: orderText,
            fields: fields?.joined(separator: ","), limit: limit)
        var found: [QueriedRecord] = []
        repeat {
            let reply = try await service.search(request)
            found += reply.records
            request.after = reply.next
        } while request.after != nil
        return found
    }

    /// What of a record is given back.
    func shown(in world: ModelWorld) -> (ModelRecord) -> [String: JSON] {
        { record in
            guard let fields else { return record.fields }
            let told = fields.filter { $0.contains(".") || $0 == "id" || record.fields[$0] != nil }
            return Dictionary(told.map { ($0, world.value($0, of: record)) }) { first, _ in first }
        }
    }
}

extension JSON {
    /// Whether it comes first in ascending order, among values of one field.
    fileprivate func precedes(_ other: JSON) -> Bool {
        if let (one, two) = zip(string, other.string) { return one.utf8.lexicographicallyPrecedes(two.utf8) }
        if let (one, two) = zip(number, other.number) { return one < two }
        return bool == false && other.bool == true
    }
}

private func zip<One, Two>(_ one: One?, _ two: Two?) -> (One, Two)? {
    if let one, let two { (one, two) } else { nil }
}
