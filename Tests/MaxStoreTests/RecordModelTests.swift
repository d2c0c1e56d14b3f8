internal import Foundation
internal import GRDB
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

/// Random writes, compared with the simplest thing that could be right.
struct RecordModelTests {
    @Test(arguments: 0..<25)
    func `any mixture of writes leaves what a dictionary would hold`(seed: UInt64) async throws {
        try await withRecords { store in
            var random = SeededRandom(seed: seed)
            var model = RecordModel()
            for _ in 0..<12 {
                let connection = [ConnectionID.one, .two].randomElement(using: &random) ?? .one
                let steps = (0..<Int.random(in: 1...12, using: &random)).map { _ in ModelStep(&random) }
                let expected = steps.map { model.apply($0, to: connection) }
                let done = try await store.writing(for: connection) { writer in
                    try steps.map { try $0.carryOut(with: &writer) }
                }
                #expect(done.result == expected)
            }
            try await model.check(store)
        }
    }
}

/// One thing that is done to a record.
private enum ModelStep: Sendable {
    case store(String, [String: JSON])
    case bury(String)

    init(_ random: inout SeededRandom) {
        let id = "t\(Int.random(in: 0..<8, using: &random))"
        guard Int.random(in: 0..<4, using: &random) > 0 else {
            self = .bury(id)
            return
        }
        let values: [String: [JSON]] = [
            "name": ["alpha one", "beta two", nil, 5], "note": ["gamma", "delta alpha", nil],
            "status": ["open", "shut"],
            "size": [1, 2, "many", nil], "labels": [["a"], nil], "colour": ["red", nil, ["x": [1]]],
        ]
        let told = values.keys.sorted().filter { _ in Bool.random(using: &random) }
        self = .store(
            id, Dictionary(uniqueKeysWithValues: told.map { ($0, values[$0]?.randomElement(using: &random) ?? nil) }))
    }

    /// Does it, and tells the effect in a word.
    func carryOut(with writer: inout RecordWriter) throws -> String {
        switch self {
        case .store(let id, let fields): "\(try writer.store(someThing(id, fields)))"
        case .bury(let id): try writer.bury(Ref("Thing", id)) ? "gone" : "nothing"
        }
    }
}

/// What a store has to hold.
private struct RecordModel {
    private var living: [ConnectionID: [String: [String: JSON]]] = [:]
    private var gone: [ConnectionID: [String: [String: JSON]]] = [:]
    private var order: [ConnectionID: [String]] = [:]

    mutating func apply(_ step: ModelStep, to connection: ConnectionID) -> String {
        switch step {
        case .store(let id, let fields):
            let earlier = living[connection]?[id]
            let later = (earlier ?? [:]).merging(fields) { _, new in new }
            if earlier == later { return "unchanged" }
            living[connection, default: [:]][id] = later
            gone[connection]?[id] = nil
            note(id, of: connection)
            return earlier == nil ? "added" : "changed"
        case .bury(let id):
            guard let last = living[connection]?.removeValue(forKey: id) else { return "nothing" }
            gone[connection, default: [:]][id] = last
            note(id, of: connection)
            return "gone"
        }
    }

    private mutating func note(_ id: String, of connection: ConnectionID) {
        order[connection, default: []].removeAll { $0 == id }
        order[connection, default: []].append(id)
    }

    func check(_ store: SQLiteStore) async throws {
        for connection in [ConnectionID.one, .two] {
            for (id, fields) in living[connection] ?? [:] {
                let stored = try await store.thing(id, of: connection)
                #expect(stored == expected(id, fields, connection))
            }
            for (id, last) in gone[connection] ?? [:] {
                #expect(try await store.record(Ref("Thing", id), of: connection) == .gone(since: noon, last: last))
            }
            let changes = try await store.changes(of: connection, after: 0, limit: 100)
            #expect(changes.map(\.ref.id) == order[connection] ?? [])
            let tally = try await store.tallies().first { $0.connection == connection }?.count ?? 0
            #expect(tally == living[connection]?.count ?? 0)
        }
        try await checkTexts(store)
    }

    private func expected(_ id: String, _ told: [String: JSON], _ connection: ConnectionID) -> StoredRecord {
        let misfits = told.filter { $0.key == "name" && $0.value == 5 || $0.key == "size" && $0.value == "many" }
        let fields = told.filter { $0.key != "colour" }.merging(misfits.mapValues { _ in .null }) { $1 }
        return StoredRecord(
            connection: connection, ref: Ref("Thing", id), fields: fields,
            others: misfits.merging(told.filter { $0.key == "colour" }) { $1 })
    }

    private func checkTexts(_ store: SQLiteStore) async throws {
        for word in ["alpha", "beta", "gamma", "delta", "one"] {
            let expected = living.values.flatMap { $0 }.filter { _, fields in
                [fields["name"], fields["note"]].contains {
                    $0?.string?.split(separator: " ").contains { $0 == word } == true
                }
            }
            #expect(try await store.things(matching: word) == expected.map(\.key).sorted())
        }
        try await store.write { database in
            try database.execute(sql: "INSERT INTO Thing_text (Thing_text, rank) VALUES ('integrity-check', 1)")
        }
    }
}
