import MaxCore
import MaxEngines
import MaxHub
import MaxSetup
import MaxWire
import Testing

@testable import MaxAPI

/// Every surface tells the same plans: here they are held against the engine's own.
struct ConnectorTests {
    @Test(arguments: [true, false], [true, false])
    func `tells the engine's own plans in every deployment`(hasKey: Bool, isConnected: Bool) async throws {
        try await Site.with(hasKey: hasKey) { site in
            if hasKey, isConnected { _ = try await site.connection() }
            let plans = try await site.engines.plans().map { ConnectorBody($0) }
            let agent = try await site.agent(.setup)
            let page = try await agent.get("/v1/connectors").json.decode(PageBody<ConnectorBody>.self)
            #expect(page.items == plans)
            #expect(plans.first?.canAdd == (hasKey ? "yes" : "after_server_setup"))
            for plan in plans {
                #expect(try await agent.get("/v1/connectors/\(plan.name)").json.decode(ConnectorBody.self) == plan)
            }
        }
    }

    @Test func `names the connector that was meant`() async throws {
        try await Site.with { site in
            let reply = try await site.agent(.setup).get("/v1/connectors/acmee")
            #expect((reply.status, reply.code) == (404, "connector_unknown"))
        }
    }

    @Test func `begins no setup where no secret could be sealed`() async throws {
        try await Site.with(hasKey: false) { site in
            let reply = try await site.agent(.setup).post("/v1/setups", ["connector": "acme"])
            #expect((reply.status, reply.code) == (503, "vault_locked"))
            #expect(try await site.engines.setup.unfinished().isEmpty)
        }
    }
}
