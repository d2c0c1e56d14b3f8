import Hummingbird
import SandboxKit

/// What can be read: the person, the budgets, and everything in one or what changed in it.
struct ReadRoutes: Sendable {
    func add(to api: RouterGroup<APIContext>) {
        addLists(to: api)
        api.get("user") { _, context in
            let person = try context.admitted().person
            return Response.data(["user": ["id": .string(person.id)]])
        }
        api.get("plans") { _, context in
            let plans = try context.admitted().plans
            return Response.data(["plans": .array(plans.map(\.summary)), "default_plan": .null])
        }
        api.get("plans/:plan") { request, context in
            let plan = try context.plan()
            let since = try request.uri.queryParameters.get("last_knowledge_of_server").map(knowledge)
            guard try context.admitted().fault != .forgetful else {
                return Response.data(["plan": plan.contents(since: nil), "server_knowledge": .int(1)])
            }
            return Response.data(["plan": plan.contents(since: since), "server_knowledge": .int(plan.knowledge)])
        }
    }

    /// Adds the lists that can be had by themselves.
    private func addLists(to api: RouterGroup<APIContext>) {
        for kind in [Kind.accounts, .payees] {
            api.get("plans/:plan/\(kind.rawValue)") { request, context in
                let plan = try context.plan()
                let since = try request.uri.queryParameters.get("last_knowledge_of_server").map(knowledge)
                let rows = plan.told(kind, since: since)
                return Response.data([
                    kind.rawValue: .array(rows.map(\.json)), "server_knowledge": .int(plan.knowledge),
                ])
            }
        }
    }

    private func knowledge(_ text: String) throws(APIProblem) -> Int {
        guard let number = Int(text) else { throw .badRequest("last_knowledge_of_server is no whole number.") }
        return number
    }
}

extension Response {
    /// Answers with data, in the shape every good call has.
    static func data(_ data: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
        var json = JSONWriter(capacity: 8_192)
        json.object { $0.field("data", data) }
        return Response(status: status, json: json)
    }
}

extension Plan {
    /// The budget without what is in it.
    var summary: JSONValue { .object(head) }

    private var head: [String: JSONValue] {
        let months = rows(.months).map(\.id).sorted()
        let isEuro = currency == "EUR"
        return [
            "id": .string(id), "name": .string(name),
            "last_modified_on": .string(Timestamp(Timestamp.worldEpoch.seconds + knowledge).text),
            "first_month": JSONValue(months.first), "last_month": JSONValue(months.last),
            "date_format": ["format": "DD/MM/YYYY"],
            "currency_format": [
                "iso_code": .string(currency), "example_format": isEuro ? "123.456,78" : "123,456.78",
                "decimal_digits": 2, "decimal_separator": isEuro ? "," : ".", "symbol_first": .bool(!isEuro),
                "group_separator": isEuro ? "." : ",", "currency_symbol": isEuro ? "€" : "$", "display_symbol": true,
            ],
        ]
    }

    /// Everything in the budget, or what changed after a knowledge of the server, deletions included.
    func contents(since knowledge: Int?) -> JSONValue {
        var contents = head
        for kind in Kind.allCases where kind != .monthCategories && kind != .months {
            contents[kind.rawValue] = .array(told(kind, since: knowledge).map(\.json))
        }
        contents["months"] = .array(months(since: knowledge))
        contents["payee_locations"] = []
        return .object(contents)
    }

    func told(_ kind: Kind, since knowledge: Int?) -> [Row] {
        guard let knowledge else { return rows(kind) }
        return everything(kind).filter { $0.knowledge > knowledge }
    }

    /// The months, each with those of its categories that are told.
    private func months(since knowledge: Int?) -> [JSONValue] {
        let categories = Dictionary(grouping: told(.monthCategories, since: knowledge)) { $0.id.prefix(10) }
        return everything(.months).compactMap { month in
            let own = categories[month.id.prefix(10)] ?? []
            let isTold = knowledge.map { month.knowledge > $0 } ?? !month.isDeleted
            guard isTold || !own.isEmpty, case .object(let fields) = month.json else { return nil }
            return .object(fields.merging(["categories": .array(own.map(\.json))]) { $1 })
        }
    }
}
