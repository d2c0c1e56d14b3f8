import NIOCore
import Testing

@testable import MaxServer

struct FormTests {
    private func read(_ text: String) throws -> FormBody {
        try FormText.read(ByteBuffer(string: text).readableBytesView)
    }

    @Test(arguments: [
        ("a=1&b=2&a=3", ["a=1", "b=2", "a=3"]), ("a=%C3%A9+x%2By", ["a=é x+y"]), ("a", ["a="]), ("a=b=c", ["a=b=c"]),
        ("&&a=1&", ["a=1"]), ("", []), ("csrf=t&a=1", ["a=1"]), ("=x", ["=x"]),
    ])
    func `reads fields in their order`(text: String, fields: [String]) throws {
        #expect(try read(text).fields.map { "\($0.name)=\($0.value)" } == fields)
    }

    @Test(arguments: ["a=%", "a=%2", "a=%zz", "a=%ff", "%c3=1"])
    func `refuses what is no text`(text: String) {
        #expect(throws: Refusal.self) { try read(text) }
    }

    @Test func `gives all values of a name, and the first one`() throws {
        let form = try read("a=1&b=2&a=3")
        #expect(form.values("a") == ["1", "3"])
        #expect(form["a"] == "1")
        #expect(form["c"] == nil)
    }

    @Test func `shows no value when it is printed`() throws {
        let form = try read("key=planted&csrf=planted")
        var dumped = ""
        dump(form, to: &dumped)
        dump(form.fields, to: &dumped)
        #expect(!"\(form) \(form.fields) \(String(reflecting: form.fields[0])) \(dumped)".contains("planted"))
    }

    @Test(arguments: [
        ("application/x-www-form-urlencoded", true), ("Application/X-WWW-Form-URLEncoded; charset=UTF-8", true),
        ("application/x-www-form-urlencoded; charset=latin1", false), ("application/json", false),
        ("multipart/form-data", false),
    ])
    func `knows a form by its media type`(type: String, isForm: Bool) {
        #expect(FormText.isNamed(by: type) == isForm)
        #expect(!FormText.isNamed(by: nil))
    }
}
