internal import HTTPTypes
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxQuery
internal import MaxWire

/// What was collected, and questions to it.
enum RecordRoutes {
    static let all = [schema, search, count, get, changes]

    private static let scope = Parameter.query(
        "scope", "A connection's id, short name or label, a connector's name, or “all”.", atMost: 512, isRequired: true)
    private static let entity = Parameter.query("entity", "The entity's name.", atMost: 512, isRequired: true)
    private static let filter = Parameter.query(
        "filter", "What has to hold, such as `status != done AND dueDate < +7d`.")
    private static let match = Parameter.query("match", "Words that have to be in the title or the texts.")
    private static let order = Parameter.query("order", "Fields to order by, such as `dueDate desc, title`.")
    private static let fields = Parameter.query("fields", "Fields to give back, such as `title, assignee.email`.")
    private static let groupBy = Parameter.query("groupBy", "A field of which each value is counted apart.")
    private static let name = Parameter.query(
        "name", "A connector, a connection or an entity; everything unless given.", atMost: 512)
    private static let ref = Parameter.query(
        "ref", "The record's address, such as `Task/17` or `work:Task/17`.", atMost: 2048, isRequired: true)
    private static let connection = Parameter.query(
        "connection", "The connection's id, short name or label.", atMost: 512, isRequired: true)
    private static let limit = Parameter.query("limit", 1...10_000, else: 50, "How many at most.")
    private static let groups = Parameter.query("limit", 1...10_000, else: 100, "How many groups at most.")

    private static let schema = Route(
        method: .get, path: "/v1/schema", name: "getSchema",
        summary: "What is collected: entities, their fields, how many records.", admission: .scope(.read),
        parameters: [name, .after, .limit], answer: .value(.page(of: .entity, "EntityPage"))
    ) { call in
        let entities = try await call.engines.entities(call[name]).map { EntityBody($0.entity, counts: $0.counts) }
        return try .value(call.page(of: entities, by: \.name))
    }

    private static let search = Route(
        method: .get, path: "/v1/records", name: "searchRecords", summary: "The records that fit a question.",
        admission: .scope(.read), parameters: [scope, entity, filter, match, order, fields, limit, .after],
        answer: .value(.shape(.recordPage))
    ) { call in
        let request = SearchRequest(
            scope: call.text(scope), entity: call.text(entity), filter: call[filter], match: call[match],
            orderBy: call[order], fields: call[fields], limit: call.number(limit), after: call[.after])
        return try .value(await call.engines.records(request))
    }

    private static let count = Route(
        method: .get, path: "/v1/records/count", name: "countRecords",
        summary: "How many records fit a question, in all and for each value of a field.", admission: .scope(.read),
        parameters: [scope, entity, filter, match, groupBy, groups], answer: .value(.shape(.count))
    ) { call in
        let request = CountRequest(
            scope: call.text(scope), entity: call.text(entity), filter: call[filter], match: call[match],
            groupBy: call[groupBy], limit: call.number(groups))
        return try .value(await call.engines.count(request))
    }

    private static let get = Route(
        method: .get, path: "/v1/record", name: "getRecord",
        summary: "One record with its edges, or what it was when it is gone.", admission: .scope(.read),
        parameters: [ref], answer: .value(.shape(.recordDetail))
    ) { call in try .value(await call.engines.record(call.text(ref))) }

    private static let changes = Route(
        method: .get, path: "/v1/changes", name: "listChanges",
        summary: "What came, changed or went in a connection since an earlier answer.", admission: .scope(.read),
        parameters: [connection, .after, .limit], answer: .value(.shape(.changes))
    ) { call in
        let request = ChangesRequest(
            connection: call.text(connection), since: call[.after], limit: call.number(.limit))
        return try .value(await call.engines.changes(request))
    }
}
