import MaxConnector
import MaxCore
import MaxHub
import Testing

@testable import MaxSetup

/// What a provider may say of an account and of what there is to choose.
struct FindingReviewTests {
    private let review = FindingReview(
        provider: "Mail", echo: SecretEcho([SecretValue("tok_0123456789abcdef"), SecretValue("dana")]))

    @Test func `shows an account's words on one line, without control characters, and not at any length`() throws {
        let long = String(repeating: "a", count: 1000)
        let shown = try review.admit(
            Identity(id: "1", label: " \u{1B}[2Jdana\n@mail\u{202E} ", scopes: ["read\u{0}", "\n", long]))
        #expect(shown.label == "[2Jdana @mail")
        #expect(shown.scopes == ["read", String(repeating: "a", count: 200)])
        let marks = "e" + String(repeating: "\u{301}", count: 100_000)
        #expect(try review.admit(Identity(id: "1", label: marks)).label.unicodeScalars.count == 200)
        #expect(try review.admit(Identity(id: "1", label: " \n")).label == "Mail")
    }

    @Test(arguments: ["", "a\u{0}b", "a\nb", String(repeating: "a", count: 1025)])
    func `refuses an account whose id is none`(id: String) {
        #expect(throws: Problem.self) { try review.admit(Identity(id: id, label: "dana")) }
    }

    @Test(arguments: [
        Identity(id: "tok_0123456789abcdef", label: "dana"), Identity(id: "1", label: "Bearer tok_0123456789abcdef"),
        Identity(id: "1", label: "dana", scopes: ["TOK_0123456789ABCDEF"]),
    ])
    func `refuses an account that repeats the secret`(identity: Identity) throws {
        let problem = try #require(throws: Problem.self) { try review.admit(identity) }
        #expect(problem.code == "secret_repeated")
        #expect(problem.sentence?.lowercased().contains("tok_") == false)
    }

    @Test func `refuses additions that repeat the secret`() throws {
        #expect(try review.admit(["place": "Berlin"]) == ["place": "Berlin"])
        #expect(throws: Problem.self) { try review.admit(["place": ["in": "tok_0123456789abcdef"]]) }
    }

    @Test func `takes a name that is also a short password`() throws {
        #expect(try review.admit(Identity(id: "dana", label: "dana@mail.test")).label == "dana@mail.test")
    }

    @Test func `shows options in words, and refuses those that cannot be stored or repeat the secret`() throws {
        let shown = try review.admit([Choice("\u{1B}In\n", value: "in", detail: "\t"), Choice("", value: "out")])
        #expect(shown == [Choice("In", value: "in"), Choice("out", value: "out")])
        for bad in ["a\u{1B}b", String(repeating: "a", count: 1025), "tok_0123456789abcdef"] {
            #expect(throws: Problem.self) { try review.admit([Choice("In", value: bad)]) }
        }
        let many = (0...10_000).map { Choice("In", value: "\($0)") }
        #expect(throws: Problem.self) { try review.admit(many) }
    }
}
