internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

/// What conditions mean in SQL, however they are put together.
struct QueryConditionTests {
    @Test(arguments: [
        ("%", "a%b"), ("_", "a_b"), ("\"", "say \"x\""), ("'; DROP TABLE Parcel; --", "'; DROP TABLE Parcel; --"),
        ("a\0b", "xa\0b"), ("ÄP", "äpfel"), ("strasse", "Hauptstraße"), ("ΟΔΌΣ", "οδός"), ("👍", "ok 👍"), ("\\", "a\\b"),
        ("K", "5 \u{212A}"), ("e\u{301}", "e\u{301}t\u{e9}"), ("", "anything"),
    ])
    func `finds a text as it is, whatever the case of its letters`(part: String, text: String) async throws {
        try await withParcels(0) { store in
            let texts = ["plain", text, "axb", "a", ""].enumerated().map { index, title in
                Record(Parcel.self, id: "\(index)", ["title": .string(title)])
            }
            _ = try await store.write(texts + [Record(Parcel.self, id: "5", ["title": nil])], of: .one, at: noon)
            let found = try await store.parcels(.contains(.title, part))
            #expect(found == (part.isEmpty ? ["0", "1", "2", "3", "4"] : ["1"]))
            #expect(try await store.parcels(.not(.contains(.title, part))).count == 6 - found.count)
            #expect(try await store.parcels(.startsWith(.title, text)) == ["1"])
            #expect(try await store.parcels(.compare(.title, .equal, .text(text))) == ["1"])
        }
    }

    @Test(arguments: [
        "\"", "\" OR \"", "parcel OR other", "parcel) OR (", "NEAR(parcel 1)", "title:parcel", "-parcel", "^parcel x",
        "*",
        "parcel\0\" OR \"", "{title}:parcel", "parcel AND", "+", "'", "a\u{0}b", "👍",
    ])
    func `words are never the syntax of full-text search`(text: String) async throws {
        try await withParcels(3) { store in
            for isPrefix in [false, true] {
                let words = [MatchTerm(text, isPrefix: isPrefix), MatchTerm("neverthere")]
                let found = try await store.parcels(.any([.match(nil, words), .match(.title, words)]))
                #expect(found.isEmpty)
                let others = try await store.parcels(.not(.match(nil, words)))
                #expect(others.count == 3)
            }
        }
    }

    @Test func `null equals itself, and nothing else says anything about it`() async throws {
        try await withParcels(0) { store in
            _ = try await store.write(
                [
                    Record(Parcel.self, id: "null", ["size": nil]), Record(Parcel.self, id: "absent", [:]),
                    Record(Parcel.self, id: "five", ["size": 5]),
                ], of: .one, at: noon)
            let (all, empty) = (["null", "absent", "five"], ["null", "absent"])
            let meanings: [(Condition, [String])] = [
                (.compare(.size, .unequal, .integer(5)), empty), (.compare(.size, .unequal, .integer(6)), all),
                (.compare(.size, .equal, .null), empty), (.compare(.size, .unequal, .null), ["five"]),
                (.compare(.size, .lessOrEqual, .null), empty), (.compare(.size, .less, .null), []),
                (.compare(.size, .less, .integer(6)), ["five"]), (.not(.compare(.size, .less, .integer(6))), empty),
                (.oneOf(.size, [.null, .integer(7)]), empty), (.not(.oneOf(.size, [.null])), ["five"]),
                (.oneOf(.size, []), []), (.not(.oneOf(.size, [])), all), (.isNull(.size), empty),
                (.not(.not(.isNull(.size))), empty), (.all([]), all), (.any([]), []), (.not(.all([])), []),
                (.compare(.sender(), .unequal, .text("x")), all), (.isNull(.sender()), all),
                (.compare(.size, .equal, .number(.nan)), []), (.not(.compare(.size, .equal, .number(.nan))), all),
            ]
            for (condition, ids) in meanings { #expect(try await store.parcels(condition) == ids, "\(condition)") }
        }
    }

    @Test func `a condition may be as deep and as wide as a filter can say`() async throws {
        try await withParcels(30) { store in
            let one = Condition.compare(.sender(bosses: 3), .equal, .text("s@x.test"))
            var deep = Condition.all([one, .compare(.size, .less, .integer(10))])
            for level in 0..<40 {
                let other = Condition.compare(.size, .equal, .integer(Int64(level + 100)))
                deep = .any([other, .all([.compare(.size, .less, .integer(20)), .not(.not(deep)), .not(other)])])
            }
            let many = (0..<1000).map { Condition.compare(.size, .equal, .integer(Int64($0 * 3))) }
            let steps = (0..<300).map { Condition.compare(.sender(), .equal, .text("\($0)")) }
            let counts: [(Condition, Int)] = [
                (deep, 10), (.not(deep), 20), (.any(many), 10), (.all(many.map { .not($0) }), 20),
                (.oneOf(.size, (0..<30_000).map { .integer($0) }), 30), (.not(.any(steps)), 30),
                (.any([.all(many), .all([deep, .any(many)])]), 4),
            ]
            for (index, (condition, count)) in counts.enumerated() {
                let found = try await store.parcels(condition)
                #expect(found.count == count, "\(index)")
            }
        }
    }

    @Test func `a name that is no field's never reaches SQL`() async throws {
        try await withParcels(1) { store in
            for name in ["x\" = 1 OR 1 --", "_row", "_connection", "rowid", "nothing", ""] {
                let path = FieldPath(field: name, kind: .string)
                for query in [
                    RecordQuery(entity: "Parcel", connections: [.one], condition: .isNull(path)),
                    RecordQuery(entity: "Parcel", connections: [.one], order: [Ordering(path)]),
                    RecordQuery(entity: "Parcel", connections: [.one], fields: [path]),
                    RecordQuery(entity: "Parcel\(name)x", connections: [.one]),
                ] {
                    let code = await refusal { _ = try await store.search(query) }
                    #expect(code == .entityUnknown)
                }
            }
        }
    }

    @Test func `records of connections that are not asked for, or not there, stay out`() async throws {
        try await withParcels(3) { store in
            for connections in [[.two], [], [ConnectionID(rawValue: "con_gone")]] {
                let found = try await store.parcels(.all([]), of: connections)
                #expect(found.isEmpty)
            }
            let none = RecordQuery(entity: "Parcel", connections: [])
            #expect(try await store.count(none, by: nil, limit: 1) == [CountGroup(value: nil, count: 0)])
            #expect(try await store.count(none, by: .status, limit: 1).isEmpty)
        }
    }
}
