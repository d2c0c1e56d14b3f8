internal import Foundation
internal import MaxCore
internal import MaxHub
internal import MaxStore

@testable internal import MaxQuery

/// A record as a plain value.
struct ModelRecord: Sendable {
    let connection: ConnectionID
    let entity: String
    let id: String
    /// The fields that were told.
    var fields: [String: JSON]
}

/// Random records of three connections: in the store, and as plain values in the order in which they first came.
struct ModelWorld: Sendable {
    let project: QueryProject
    let connections: [String: ConnectionID]
    private(set) var records: [ModelRecord] = []
    private var places: [String: Int] = [:]

    static let slugs = ["north", "south", "east"]

    /// Texts that were taken for something else somewhere.
    static let texts = [
        "Alpha", "alpha beta", "ALPHA-GAMMA", "50% off", "500 off", "snake_case", "snakeXcase", "it's", "say \"hi\"",
        "",
        "a\0b", "a", "日本 alpha", "Äpfel beta", "äPFEL", "Straße", "STRASSE", "Οδός", "ΟΔΟΣ", "👍 beta", "👨‍👩‍👧",
        "'; DROP TABLE x; --",
        "NULL", "two\nlines", "back\\slash", "e\u{301}clair", "éclair", "zz",
    ]
    static let dates = [
        "2026-02-25", "2026-03-03", "2026-03-04", "2026-03-05", "2026-03-04T00:00:00Z", "2026-03-04T10:20:30Z",
        "2026-02-25T10:20:29Z", "2026-02-25T10:20:30Z", "2026-02-25T10:20:31Z", "2025-03-04T10:20:30Z", "1999-12-31",
        "2026-03-04T23:59:59Z",
    ]

    init(in project: QueryProject, _ random: inout SeededRandom) async throws {
        self.project = project
        var connections: [String: ConnectionID] = [:]
        for slug in Self.slugs { connections[slug] = try await project.connect(slug) }
        self.connections = connections
        try await project.store.prepare(.demo, of: "demo")
        for _ in 0..<Int.random(in: 3..<12, using: &random) { try await write(&random) }
    }

    /// The record of an address, if there is one.
    func record(_ entity: String, _ id: String, of connection: ConnectionID) -> ModelRecord? {
        places["\(connection.rawValue) \(entity) \(id)"].map { records[$0] }
    }

    /// The value at a path; null where a step leads nowhere.
    func value(_ path: String, of record: ModelRecord) -> JSON {
        let names = path.split(separator: ".").map(String.init)
        var place = record
        for name in names.dropLast() {
            let target = ["assignee": "DemoUser", "parent": "DemoTask", "team": "DemoTeam"][name] ?? ""
            guard let id = place.fields[name]?.string, let next = self.record(target, id, of: place.connection) else {
                return .null
            }
            place = next
        }
        return names.last == "id" ? .string(place.id) : place.fields[names.last ?? ""] ?? .null
    }

    /// Stores a few new or partly told records of one connection.
    private mutating func write(_ random: inout SeededRandom) async throws {
        guard let connection = connections[Self.slugs.randomElement(using: &random) ?? ""] else { return }
        var batch: [Record] = []
        for _ in 0..<Int.random(in: 1..<25, using: &random) {
            let record =
                switch Int.random(in: 0..<10, using: &random) {
                case 0: Record(DemoTeam.self, id: "g\(Int.random(in: 0..<3, using: &random))", Self.team(&random))
                case 1, 2: Record(DemoUser.self, id: "u\(Int.random(in: 0..<6, using: &random))", Self.user(&random))
                default: Record(DemoTask.self, id: "t\(Int.random(in: 0..<60, using: &random))", Self.task(&random))
                }
            batch.append(record)
            note(record, of: connection)
        }
        _ = try await project.store.write(batch, of: connection, at: now)
    }

    private mutating func note(_ record: Record, of connection: ConnectionID) {
        let key = "\(connection.rawValue) \(record.ref.entity) \(record.ref.id)"
        if let place = places[key] {
            records[place].fields.merge(record.fields) { _, later in later }
        } else {
            places[key] = records.count
            records.append(
                ModelRecord(
                    connection: connection, entity: record.ref.entity, id: record.ref.id, fields: record.fields))
        }
    }
}

extension ModelWorld {
    private static func task(_ random: inout SeededRandom) -> [String: JSON] {
        [
            "title": text(&random), "description": text(&random),
            "status": .string(["open", "done", "Open", "in progress"].randomElement(using: &random) ?? ""),
            "dueDate": .string(dates.randomElement(using: &random) ?? ""),
            "changedAt": .string(dates.randomElement(using: &random) ?? ""),
            "estimate": .number([0.5, -1.25, 3, 1e10, 2.5].randomElement(using: &random) ?? 0),
            "votes": .integer(Int64.random(in: -2..<4, using: &random)), "done": .bool(Bool.random(using: &random)),
            "assignee": .string("u\(Int.random(in: 0..<9, using: &random))"),
            "parent": .string("t\(Int.random(in: 0..<80, using: &random))"),
        ].thinned(&random)
    }

    private static func user(_ random: inout SeededRandom) -> [String: JSON] {
        [
            "name": text(&random), "email": .string("\(["a", "B", "c%"].randomElement(using: &random) ?? "")@x.test"),
            "team": .string("g\(Int.random(in: 0..<4, using: &random))"),
        ].thinned(&random)
    }

    private static func team(_ random: inout SeededRandom) -> [String: JSON] {
        ["code": text(&random)].thinned(&random)
    }

    private static func text(_ random: inout SeededRandom) -> JSON {
        .string(texts.randomElement(using: &random) ?? "")
    }
}

extension [String: JSON] {
    /// The same with some fields null and some not told.
    fileprivate func thinned(_ random: inout SeededRandom) -> [String: JSON] {
        var thinned: [String: JSON] = [:]
        for (name, value) in sorted(by: { $0.key < $1.key }) {
            switch Int.random(in: 0..<8, using: &random) {
            case 0: thinned[name] = .null
            case 1: break
            default: thinned[name] = value
            }
        }
        return thinned
    }
}
