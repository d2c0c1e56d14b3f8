import FoundationEssentials
import Hummingbird
import NIOCore
import NIOPosix
import SandboxKit

/// What can be changed: transactions, and the names of payees.
struct WriteRoutes: Sendable {
    let ledger: Ledger<YNABState>

    func add(to api: RouterGroup<APIContext>) {
        api.post("plans/:plan/transactions") { request, context in
            let fields = try await fields("transaction", request, context)
            return try await write(.transactions, context, status: .created) { plan in
                let whole = Self.blank.merging(fields) { $1 }
                guard fields["account_id"] != nil, fields["date"] != nil, fields["amount"] != nil else {
                    throw APIProblem.badRequest("account_id, date and amount must be given.")
                }
                return (try Self.checked(whole, in: plan), nil)
            }
        }
        api.put("plans/:plan/transactions/:id") { request, context in
            let fields = try await fields("transaction", request, context)
            return try await write(.transactions, context) { (try Self.checked(fields, in: $0), context.id) }
        }
        api.delete("plans/:plan/transactions/:id") { _, context in
            try await write(.transactions, context) { _ in (nil, context.id) }
        }
        api.patch("plans/:plan/payees/:id") { request, context in
            let fields = try await fields("payee", request, context).filter { $0.key == "name" }
            return try await write(.payees, context) { _ in (fields, context.id) }
        }
    }

    /// Commits a change of one thing and answers with it; without an id a new one is made.
    private func write(
        _ kind: Kind, _ context: APIContext, status: HTTPResponse.Status = .ok,
        _ decide: @escaping @Sendable (Plan) throws -> (fields: [String: JSONValue]?, id: String?)
    ) async throws -> Response {
        let (plan, ledger) = (try context.plan().id, ledger)
        let new = UUID().uuidString.lowercased()
        let (id, after) = try await NIOThreadPool.singleton.runIfActive {
            var written = new
            let (_, after) = try ledger.commit { state in
                guard let plan = state.plans.first(where: { $0.id == plan }) else { throw APIProblem.resourceNotFound }
                var (fields, id) = try decide(plan)
                if let id, plan.row(kind, id) == nil { throw APIProblem.resourceNotFound }
                if id == nil { fields?["id"] = .string(new) }
                written = id ?? new
                return YNABState.Entry(plan: plan.id, kind: kind, id: written, fields: fields)
            }
            return (written, after)
        }
        guard let plan = after.plans.first(where: { $0.id == plan }),
            let row = plan.everything(kind).first(where: { $0.id == id })
        else { throw APIProblem.resourceNotFound }
        let name = kind == .payees ? "payee" : "transaction"
        return .data(.object([name: row.json, "server_knowledge": .int(plan.knowledge)]), status: status)
    }

    /// A transaction of which nothing is known.
    private static let blank: [String: JSONValue] = [
        "memo": .null, "cleared": "uncleared", "approved": false, "flag_color": .null, "flag_name": .null,
        "payee_id": .null, "category_id": .null, "transfer_account_id": .null, "transfer_transaction_id": .null,
        "matched_transaction_id": .null, "import_id": .null, "import_payee_name": .null,
        "import_payee_name_original": .null, "debt_transaction_type": .null,
    ]

    private static func checked(_ fields: [String: JSONValue], in plan: Plan) throws -> [String: JSONValue] {
        for (field, kind) in [("account_id", Kind.accounts), ("payee_id", .payees), ("category_id", .categories)] {
            guard case .string(let id)? = fields[field] else { continue }
            if plan.row(kind, id) == nil { throw APIProblem.badRequest("\(field) names nothing in this plan.") }
        }
        if let amount = fields["amount"], case .int = amount {
        } else if fields["amount"] != nil {
            throw APIProblem.badRequest("amount is a whole number of milliunits.")
        }
        return fields.filter { blank[$0.key] != nil || ["account_id", "date", "amount"].contains($0.key) }
    }

    /// Reads the object of that name in a JSON body.
    private func fields(_ name: String, _ request: Request, _ context: APIContext) async throws -> [String: JSONValue] {
        let bytes = try await request.body.collect(upTo: context.maxUploadSize)
        guard
            let body = try? JSONDecoder().decode([String: JSONValue].self, from: Data(bytes.readableBytesView)),
            case .object(let fields)? = body[name]
        else { throw APIProblem.badRequest("The body has no object “\(name)”.") }
        return fields
    }
}

extension APIContext {
    /// The thing that the path names.
    fileprivate var id: String { parameters.get("id") ?? "" }
}
