import MaxConnector
import MaxCore
import MaxTesting
import Synchronization
import Testing

@testable import SampleConnector

@Suite(.serialized) struct SampleConformanceTests {
    static let suite = Conformance(of: sample) { play in
        let double = SampleDouble()
        try await double.provider.serve { provider in
            try await play(
                ProviderScript(
                    answers: ["baseURL": .string(provider.url)], secret: "api_token", account: SampleDouble.dana,
                    another: SampleDouble.erin, faults: provider.faults, changes: double.changes))
        }
    }

    @Test(arguments: SetupCheck.allCases)
    func `connects as it should`(check: SetupCheck) async throws { try await Self.suite.run(check) }

    @Test(arguments: CollectionCheck.allCases)
    func `collects as it should`(check: CollectionCheck) async throws { try await Self.suite.run(check) }

    @Test func `earns the tier it claims`() async { #expect(await Self.suite.tier() == sample.about.tier) }
}

/// A Sample that does not exist, with two accounts.
private final class SampleDouble: Sendable {
    static let (dana, erin) = ("3f9a61c07de84b52a1906fce", "b80d2e57c4194fa6837e05d1")
    private let titles = Mutex(["i1": "Milk", "i2": "Bread", "i3": "Salt"])

    /// What it answers to a good key.
    var provider: ProviderDouble {
        ProviderDouble(keys: [Self.dana, Self.erin]) { request in
            switch (request.path, request.key) {
            case ("/me", Self.dana): .json(["id": "u1", "name": "Dana"])
            case ("/me", _): .json(["id": "u2", "name": "Erin"])
            case ("/items", _): .json(self.page(after: request.query["cursor"] ?? ""))
            default: .notFound
            }
        }
    }

    /// What people do at Sample while Max looks the other way.
    var changes: ProviderChanges {
        ProviderChanges {
            self.titles.withLock { $0["i4"] = "Eggs" }
            return Record(SampleItem.self, id: "i4", ["title": "Eggs"])
        } edit: {
            self.titles.withLock { $0["i2"] = "Rye bread" }
            return Record(SampleItem.self, id: "i2", ["title": "Rye bread"])
        } delete: {
            self.titles.withLock { $0["i1"] = nil }
            return Ref(SampleItem.self, "i1")
        }
    }

    /// Two items at a time.
    private func page(after id: String) -> JSON {
        let rest = titles.withLock { $0 }.filter { $0.key > id }.sorted { $0.key < $1.key }
        let items = rest.prefix(2).map { id, title -> JSON in
            ["id": .string(id), "title": .string(title), "status": "open", "updatedAt": "2026-01-05T09:00:00Z"]
        }
        return ["items": .array(items), "next": rest.count > 2 ? .string(rest[1].key) : .null]
    }
}
