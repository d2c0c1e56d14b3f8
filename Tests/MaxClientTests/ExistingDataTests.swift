import Foundation
import MaxConnector
import MaxCore
import MaxEngines
import MaxHub
import MaxSetup
import MaxWire
import Testing

@testable import MaxClient

/// An account that is connected, of a source of which nobody can connect another one here.
struct ExistingDataTests {
    private static let why = "It needs a browser on the server, which this version does not have."

    @Test func `is shown as working, and every surface says that no other can be added, and why`() async throws {
        try await LiveSite.with(registry: .samples) { site in
            let run = try await site.adopt("browsed")
            let plan = try await site.engines.plan(of: "browsed")
            #expect(plan.canAdd == .no(Self.why) && plan.existing.map(\.label) == ["Dana"])
            try await site.logged(in: .setup, .read) { client in
                for try await event in client.runEvents(run.rawValue) {
                    if try client.body(of: event, as: RunBody.self).endedAt != nil { break }
                }
                let source = try #require(try await client.sources().first)
                #expect(source.standing.hasPrefix("Active · 1 record"))
                #expect(source.connection?.health != nil && source.connection?.health?.action == nil)
                let told = try await client.connector("browsed")
                #expect(told.canAdd == "no" && told.reason == Self.why)
                await #expect(throws: MaxError.self) {
                    try await client.startSetup(SetupRequestBody(connector: "browsed"))
                }
                let refusal = await #expect(throws: MaxError.self) {
                    try await site.engines.setup.start("browsed")
                }
                #expect(refusal?.code == .connectorUnavailable)
                #expect(refusal?.message == "Browsed cannot be connected here. \(Self.why)")
                #expect(try await client.setups() == [])
            }
            let browser = try await Browser(site)
            let sources = try await browser.get("/")
            #expect(sources.contains("Dana") && sources.contains("Active"))
            let add = try await browser.get("/add")
            #expect(add.contains("Connected already: Dana."))
            #expect(add.contains("Adding another account is not available here. \(Self.why)"))
        }
    }
}

extension LiveSite {
    /// Adds an account of a source, as it was when there was more that could be had here.
    ///
    /// - Returns: Its first sync, which is asked for.
    fileprivate func adopt(_ connector: String) async throws -> RunID {
        let session = SetupSession(
            id: SessionID(in: .real), connector: connector, purpose: .add, connection: ConnectionID(in: .real),
            name: "dana", createdAt: .now, expiresAt: .now + 3600)
        let connection = Connection(
            id: session.connection, connector: connector, slug: "dana", label: "Dana",
            identity: Identity(id: "dana", label: "Dana"), state: .active, config: [:], configVersion: 1,
            isSandbox: false, allowedHosts: [], createdAt: .now, activatedAt: .now)
        let run = RequestedRun(id: RunID(in: .real), connection: session.connection, requestedAt: .now)
        try await engines.rows.insert(session)
        try await engines.rows.activate(
            Activation(session: session, connection: connection, replaces: false, run: run))
        return run.id
    }
}
