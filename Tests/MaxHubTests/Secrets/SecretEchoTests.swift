import Foundation
import MaxCore
import MaxHub
import Testing

/// How a secret is known again in what a provider says.
struct SecretEchoTests {
    private let echo = SecretEcho([SecretValue("abcd efgh ijkl mnop"), SecretValue("p%ss/w+rd?")])

    @Test(arguments: [
        "LOGIN \"dana\" \"abcd efgh ijkl mnop\"", "abcdefghijklmnop", "no such token: ABCDEFGHIJKLMNOP",
        "p%ss/w+rd?", "https://mail.test/?key=p%25ss%2Fw%2Brd%3F",
        "AUTHENTICATE PLAIN " + Data("\0dana\0abcd efgh ijkl mnop".utf8).base64EncodedString(),
        "Basic " + Data("d:p%ss/w+rd?".utf8).base64EncodedString(),
        Data("abcd efgh ijkl mnop".utf8).map { String(format: "%02X", $0) }.joined(),
    ])
    func `knows a secret again in the forms in which it was sent`(text: String) {
        #expect(echo.isHeard(in: ["hello", text]))
    }

    @Test(arguments: ["", "abcd efgh ijkl", "Mail refused this.", "bW5vcA=="])
    func `hears nothing in other words`(text: String) {
        #expect(!echo.isHeard(in: [text]))
        #expect(!SecretEcho([]).isHeard(in: [text]))
        #expect(!SecretEcho([SecretValue("is")]).isHeard(in: ["this is it"]))
    }

    @Test func `leaves a problem as it is that repeats nothing`() {
        let problem = Problem("credential_refused", .auth, "Mail refused this.", field: "password", rung: .signIn)
        #expect(echo.review(problem, of: "Mail") == problem)
    }

    @Test func `keeps of a problem that repeats a secret what helps, and none of its words`() throws {
        let link = try #require(URL(string: "https://mail.test/?password=abcdefghijklmnop"))
        let problem = Problem(
            "rate_limited", .retryable, "Too many for abcd efgh ijkl mnop.", field: "password", rung: .answer,
            fix: .link(title: "Here", url: link), retryAfter: 60)
        let shown = echo.review(problem, of: "Mail")
        #expect(shown.code == "rate_limited" && shown.kind == .retryable && shown.field == "password")
        #expect(shown.rung == .answer && shown.retryAfter == 60)
        #expect(shown.fix == nil)
        #expect(shown.sentence == "Mail refused, and its words are not shown because the secret is in them.")
        #expect(echo.review(Problem("abcdefghijklmnop", .permanent, nil), of: "Mail").code == "secret_repeated")
    }
}
