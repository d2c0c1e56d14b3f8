internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxQuery

/// The engine over the real store against the plainest evaluator there is.
struct ModelTests {
    @Test(arguments: 0..<24) func `finds, orders, pages and counts like the model`(seed: Int) async throws {
        try await QueryProject.with { project in
            var random = SeededRandom(seed: UInt64(seed))
            let world = try await ModelWorld(in: project, &random)
            for _ in 0..<20 {
                let question = ModelQuestion(&random)
                let expected = question.answer(in: world)
                let found = try await question.pages(of: project.service())
                #expect(found.map(\.ref.description) == expected.map(\.address), "seed \(seed): \(question)")
                #expect(found.map(\.fields) == expected.map(question.shown(in: world)), "seed \(seed): \(question)")
                try await compareCounts(question, expected, world, project.service())
            }
        }
    }

    private func compareCounts(
        _ question: ModelQuestion, _ expected: [ModelRecord], _ world: ModelWorld, _ service: QueryService
    ) async throws {
        let path = question.group
        let count = try await service.count(
            CountRequest(scope: question.scope, entity: "demotask", filter: question.filter.text, groupBy: path))
        let groups = Dictionary(grouping: expected) { world.value(path, of: $0) }.mapValues(\.count)
        #expect(count.count == expected.count, "\(question)")
        #expect(Dictionary(count.groups.map { ($0.value ?? .null, $0.count) }) { $0 + $1 } == groups, "\(question)")
        #expect(count.groups.map(\.count) == count.groups.map(\.count).sorted(by: >), "\(question)")
    }
}

extension ModelRecord {
    fileprivate var address: String { "\(connection.rawValue.dropFirst(4)):\(entity)/\(id)" }
}
