import MaxConnector
import MaxCore
import Testing

struct RegistryTests {
    @Test func `lists without loading`() {
        let loads = Counter()
        let registry = ConnectorRegistry([
            .init("shelf") {
                loads.raise()
                return connector(flow: soundFlow)
            },
            .init("other") {
                loads.raise()
                return connector(name: "other", flow: soundFlow)
            },
        ])
        #expect(registry.names == ["shelf", "other"])
        #expect(registry.sandbox(of: "shelf") == nil)
        #expect(loads.value == 0)
    }

    @Test func `loads once however many ask at the same time`() async throws {
        let loads = Counter()
        let registry = ConnectorRegistry([
            .init("shelf") {
                loads.raise()
                return connector(flow: soundFlow)
            }
        ])
        try await withThrowingTaskGroup { group in
            for _ in 0..<50 { group.addTask { try await registry.connector("shelf").about.name } }
            for try await name in group { #expect(name == "shelf") }
        }
        #expect(loads.value == 1)
    }

    @Test func `names the connectors there are when one is unknown`() async {
        let registry = ConnectorRegistry([.init("shelf") { connector(flow: soundFlow) }])
        let error = await #expect(throws: MaxError.self) { try await registry.connector("shlef") }
        #expect(error?.code == .connectorUnknown)
        #expect(error?.fix == "Choose one of: shelf.")
    }

    @Test func `tells the author every mistake at once`() async {
        let registry = ConnectorRegistry([
            .init("shelf") { connector(name: "book-shelf", collects: [], flow: soundFlow) }
        ])
        for _ in 1...2 {
            let error = await #expect(throws: MaxError.self) { try await registry.connector("shelf") }
            #expect(error?.code == .connectorBroken)
            #expect(error?.message.contains("it does not say what it collects") == true)
            #expect(error?.message.contains("the registry calls it “shelf”, its descriptor “book-shelf”") == true)
        }
    }

    @Test func `takes the first of two entries with one name`() async throws {
        let registry = ConnectorRegistry([
            .init("shelf") { connector(displayName: "First", flow: soundFlow) },
            .init("shelf") { connector(displayName: "Second", flow: soundFlow) },
        ])
        #expect(registry.names == ["shelf"])
        #expect(try await registry.connector("shelf").about.displayName == "First")
    }
}
