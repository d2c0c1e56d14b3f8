import Foundation
import MaxCore
import Testing

struct JSONTests {
    @Test(
        arguments: [
            JSON.null, true, false, .integer(.max), .integer(.min), 0, -1, 0.1, 1.5e300,
            .number(.leastNonzeroMagnitude),
            .number(.greatestFiniteMagnitude), "", "a/b \u{1F600} \u{0} \"", [], [:],
            [nil, [[]], ["a": [1, 2.5, "x"]]],
        ] as [JSON])
    func `comes back from its text as it was`(value: JSON) throws {
        #expect(try JSON(parsing: Data(value.text.utf8)) == value)
    }

    @Test func `sorts members and leaves slashes as they are`() {
        let value: JSON = ["b": 1, "a": ["d": "x/y", "c": nil]]
        #expect(value.text == #"{"a":{"c":null,"d":"x/y"},"b":1}"#)
    }

    @Test func `keeps a truth value apart from a number`() throws {
        #expect(try JSON(parsing: Data("[true,1,0,false]".utf8)) == [true, 1, 0, false])
    }

    @Test func `reads a whole number past 64 bits as a double`() throws {
        #expect(try JSON(parsing: Data("9223372036854775808".utf8)) == .number(9_223_372_036_854_775_808))
    }

    @Test(arguments: ["", "{", "[1 2]", "nul", "'a'", "1 2", "NaN"])
    func `refuses what is not one JSON value`(text: String) {
        #expect(throws: DecodingError.self) { try JSON(parsing: Data(text.utf8)) }
    }

    @Test func `turns other types into JSON and back`() throws {
        struct Sample: Codable, Equatable {
            var at: Date
            var count: Int64
            var name: String?
        }
        let sample = Sample(at: Date(timeIntervalSince1970: 0), count: .max, name: nil)
        let json = try JSON(encoding: sample)
        #expect(json == ["at": "1970-01-01T00:00:00Z", "count": .integer(.max)])
        #expect(try json.decode(Sample.self) == sample)
    }

    @Test func `gives a value only as what it is`() {
        #expect(JSON.integer(3).number == 3)
        #expect(JSON.number(3.5).integer == nil)
        #expect(JSON.string("3").integer == nil)
        #expect((["a": 1] as JSON)["b"] == nil)
        #expect(JSON.null.isNull)
    }
}
