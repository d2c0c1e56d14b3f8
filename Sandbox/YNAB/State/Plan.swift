import SandboxKit

/// A budget and everything in it, each thing with the knowledge of the server at which it last changed.
struct Plan: Sendable {
    let id: String
    let name: String
    let currency: String
    /// The number of changes so far.
    private(set) var knowledge = 1
    private var shelves: [Kind: [String: Row]] = [:]
    private var order: [Kind: [String]] = [:]

    init(id: String, name: String, currency: String) {
        self.id = id
        self.name = name
        self.currency = currency
    }

    /// Everything of a kind that is there, in the order in which it came.
    func rows(_ kind: Kind) -> [Row] { everything(kind).filter { !$0.isDeleted } }

    /// Everything of a kind that is or was there.
    func everything(_ kind: Kind) -> [Row] {
        guard let shelf = shelves[kind] else { return [] }
        return (order[kind] ?? []).compactMap { shelf[$0] }
    }

    /// A thing that is there.
    func row(_ kind: Kind, _ id: String) -> Row? { shelves[kind]?[id].flatMap { $0.isDeleted ? nil : $0 } }

    /// Begins the next change; what is set after that belongs to it.
    mutating func advance() { knowledge += 1 }

    /// Sets fields of a thing, which is made if it is not there; what is so already does not count as a change.
    mutating func set(_ kind: Kind, _ id: String, _ fields: [String: JSONValue]) {
        guard var row = shelves[kind]?[id] else {
            shelves[kind, default: [:]][id] = Row(id: id, fields: fields, knowledge: knowledge)
            order[kind, default: []].append(id)
            return
        }
        let changed = row.fields.merging(fields) { $1 }
        guard changed != row.fields else { return }
        (row.fields, row.knowledge) = (changed, knowledge)
        shelves[kind]?[id] = row
    }

    /// Deletes a thing that is there.
    mutating func delete(_ kind: Kind, _ id: String) {
        guard var row = row(kind, id) else { return }
        (row.isDeleted, row.knowledge) = (true, knowledge)
        shelves[kind]?[id] = row
    }
}
