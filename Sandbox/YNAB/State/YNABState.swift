import SandboxKit

/// Somebody with a YNAB.
struct Person: Sendable {
    let id: String
    let name: String
    let token: String
    /// The places of the budgets, the default one first.
    let plans: [Int]
}

/// Everything the sandbox knows, as it follows from the world and the journal.
struct YNABState: JournaledState {
    let people: [Person]
    private(set) var plans: [Plan]

    init(_ world: World) {
        people = world.people
        plans = world.plans
    }

    /// One line of the journal: what somebody did to a budget.
    struct Entry: Codable, Sendable {
        let plan: String
        let kind: Kind
        let id: String
        /// The fields that were set; nil for what was deleted.
        let fields: [String: JSONValue]?
    }

    mutating func apply(_ entry: Entry) {
        guard let place = plans.firstIndex(where: { $0.id == entry.plan }) else { return }
        plans[place].advance()
        if let fields = entry.fields {
            plans[place].set(entry.kind, entry.id, fields)
        } else {
            delete(entry.kind, entry.id, in: place)
        }
        plans[place].settle()
    }

    /// Deletes a thing, and with a transaction its parts and the other side of a transfer.
    private mutating func delete(_ kind: Kind, _ id: String, in place: Int) {
        if kind == .transactions {
            let other = plans[place].row(kind, id)?.text("transfer_transaction_id")
            for part in plans[place].rows(.subtransactions) where part.text("transaction_id") == id {
                plans[place].delete(.subtransactions, part.id)
            }
            if let other { plans[place].delete(kind, other) }
        }
        plans[place].delete(kind, id)
    }
}
