import Foundation
import FoundationNetworking
import MaxAccess
import MaxConnector
import MaxCore
import MaxEngines
import MaxHub
import MaxServer
import MaxSetup
import MaxWire
import Testing

@testable import MaxClient

/// One plan for every connector and every deployment, whoever asks for it.
struct PlanEqualityTests {
    private static let elsewhere: ServerOrigin? = ServerOrigin(
        scheme: .https, authority: "max.example.org")

    @Test(arguments: [true, false], [nil, Self.elsewhere])
    func `engines, API, SDK and console tell the same of every connector`(
        hasKey: Bool, publicOrigin: ServerOrigin?
    ) async throws {
        try await LiveSite.with(hasKey: hasKey, publicOrigin: publicOrigin, registry: .samples) { site in
            try await expectEquality(site)
            guard hasKey else { return }
            var reply = try await site.engines.setup.start("acme")
            while case .form = reply.view {
                reply = try await site.engines.setup.answer(
                    reply.session.id, revision: reply.session.revision, .useSandbox())
            }
            while case .choice(let choice) = reply.view {
                let first = try #require(choice.options.first?.value)
                reply = try await site.engines.setup.answer(
                    reply.session.id, revision: reply.session.revision, .choose([first]))
            }
            #expect(try await site.engines.plan(of: "acme").existing.count == 1)
            try await expectEquality(site)
        }
    }

    private func expectEquality(_ site: LiveSite) async throws {
        let plans = try await site.engines.plans()
        let told = try plans.map { try JSON(encoding: ConnectorBody($0)) }
        #expect(Set(plans.map(\.modality)).count >= 6)
        try await site.logged(in: .setup) { client in
            #expect(try await client.connectors().map { try JSON(encoding: $0) } == told)
            let sent = try await client.exchange.send(.get("connectors"))
            #expect(try JSON(parsing: Data(sent.body))["items"]?.array == told)
            for (plan, body) in zip(plans, told) {
                let one = try await client.exchange.send(.get("connectors", plan.connector.name))
                #expect(try JSON(parsing: Data(one.body)) == body)
            }
        }
        let page = try await Browser(site).get("/add")
        for plan in plans { expect(page, tells: plan) }
    }

    /// Expects the facts of a plan in the entry of its source.
    private func expect(_ page: String, tells plan: SetupPlan) {
        let about = plan.connector
        #expect(page.contains(about.displayName) && page.contains(about.description))
        let starts = page.contains("action=\"/add/\(about.name)\"")
        switch plan.canAdd {
        case .yes: #expect(starts, "\(about.name)")
        case .afterServerSetup:
            #expect(!starts, "\(about.name)")
            #expect(page.contains("Can be connected once this server is ready."))
        case .no(let why):
            #expect(!starts, "\(about.name)")
            #expect(page.replacing("&#39;", with: "'").contains(why), "\(about.name)")
        }
    }
}
