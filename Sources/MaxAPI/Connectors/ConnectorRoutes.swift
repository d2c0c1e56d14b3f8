internal import HTTPTypes
internal import MaxEngines
internal import MaxHub
internal import MaxWire

/// The connectors, each with how it is connected here and now.
enum ConnectorRoutes {
    static let all = [list, show]

    private static let connector = Parameter.path("connector", "The connector's name.")

    private static let list = Route(
        method: .get, path: "/v1/connectors", name: "listConnectors",
        summary: "Every connector, with whether and how an account can be added.", admission: .scope(.setup),
        parameters: [.after, .limit], answer: .value(.page(of: .connector, "ConnectorPage"))
    ) { call in
        let plans = try await call.engines.plans()
        return try .value(call.page(of: plans.map { ConnectorBody($0) }, by: \.name))
    }

    private static let show = Route(
        method: .get, path: "/v1/connectors/{connector}", name: "getConnector", summary: "One connector.",
        admission: .scope(.setup), parameters: [connector], answer: .value(.shape(.connector))
    ) { call in
        try .value(ConnectorBody(await call.engines.plan(of: call.text(connector))))
    }
}
