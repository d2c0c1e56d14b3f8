import BundledConnectors
import MaxConnector
import MaxHub
import MaxSetup
import Testing

@testable import MaxConsole

/// What a source says of itself where accounts are added.
struct AddPageTests {
    @Test func `says what is connected, that no other account can be added here, and why`() async throws {
        let why = "It needs a browser on the server, which this version does not have."
        let plan = SetupPlan(
            connector: try await ConnectorRegistry.bundled.connector("acme").about, modality: .browserBound,
            canAdd: .no(why), nextStep: nil, validation: .synchronous, proof: .sessionCaptured, hasSandbox: false,
            existing: [Scenes.connection("dana", label: "dana@acme.test")])
        let entry = CatalogEntry(plan, Scenes.setting)
        #expect(entry.existing == "Connected already: dana@acme.test.")
        #expect(entry.refusal == "Adding another account is not available here. \(why)")
        #expect(entry.start == nil)
    }
}
