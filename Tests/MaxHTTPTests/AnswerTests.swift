import Foundation
import HostileServer
import MaxConnector
import MaxCore
import Testing

@testable import MaxHTTP

struct AnswerTests {
    @Test func `returns an answer whole`() async throws {
        let answer = try await Provider.ask(.always(.answer(200, ["X-Next": "2"], #"{"id": 7}"#)))
        #expect(answer.status == 200)
        #expect(answer.header("x-next") == "2")
        #expect(try answer.decode([String: Int].self) == ["id": 7])
    }

    @Test(arguments: [
        (400, "request_refused", Problem.Kind.permanent, Rung.answer), (401, "credential_refused", .auth, .signIn),
        (403, "scope_missing", .auth, .permissions), (404, "not_found", .permanent, .answer),
        (410, "gone", .permanent, .answer), (418, "request_refused", .permanent, .answer),
        (429, "rate_limited", .retryable, .answer), (500, "provider_failed", .retryable, .answer),
        (502, "provider_failed", .retryable, .answer), (503, "provider_failed", .retryable, .answer),
        (599, "provider_failed", .retryable, .answer), (304, "answer_not_understood", .permanent, .answer),
    ])
    func `turns a status into a problem without naming it`(
        status: Int, code: String, kind: Problem.Kind, rung: Rung
    ) async throws {
        let found = try await problem { try await Provider.ask(.always(.answer(status))) }
        #expect(found?.code == code)
        #expect(found?.kind == kind)
        #expect(found?.rung == rung)
        #expect(found?.sentence?.contains("Acme") == true)
        #expect(found?.sentence?.contains("\(status)") == false)
    }

    @Test func `names the provider, the cause and the credential of a refusal`() async throws {
        let found = try await problem { try await Provider.ask(.always(.answer(401))) }
        #expect(
            found?.sentence == "Acme rejected this API token — it may be expired, revoked or mistyped.")
        #expect(found?.field == "api_token")
        #expect(found?.fix == Provider.page)
    }

    @Test(arguments: [("API token", "API token"), ("Password", "password"), ("PAT", "PAT"), ("", "")])
    func `writes a label as it stands inside a sentence`(label: String, written: String) {
        #expect(label.inSentence == written)
    }

    @Test(arguments: [200, 404, 409])
    func `returns a status that the request accepts`(status: Int) async throws {
        let answer = try await Provider.ask(.always(.answer(status, [:], "known"))) { $0 = $0.accepting(404, 409) }
        #expect(answer.status == status)
        #expect(answer.body == Data("known".utf8))
    }

    @Test func `takes a web page that was asked for`() async throws {
        let page = HostileMove.answer(200, ["Content-Type": "text/html"], "<p>Hello</p>")
        let answer = try await Provider.ask(.always(page)) { $0 = $0.header("Accept", "text/html") }
        #expect(answer.body == Data("<p>Hello</p>".utf8))
    }

    @Test(arguments: [
        (429, ["Retry-After": "30"], 30.0), (503, ["Retry-After": "7"], 7), (403, ["Retry-After": "60"], 60),
        (403, ["X-RateLimit-Remaining": "0", "RateLimit-Reset": "12"], 12), (429, ["Retry-After": "1e12"], 86_400),
        (429, ["Retry-After": "-5"], 0),
    ])
    func `passes on how long to wait`(status: Int, headers: [String: String], wait: Double) async throws {
        let found = try await problem { try await Provider.ask(.always(.answer(status, headers, ""))) }
        #expect(found?.kind == .retryable)
        #expect(found?.retryAfter == wait)
    }

    @Test func `says how long to wait`() async throws {
        let found = try await problem { try await Provider.ask(.always(.answer(429, ["Retry-After": "30"], ""))) }
        #expect(found?.sentence == "Acme has had too many requests for now and asks to wait 30 seconds.")
    }

    @Test(arguments: [("864000", 10.0), ("1e300", 36_525)])
    func `says from which day on it may be asked that wants nothing for longer than a day`(
        value: String, days: Double
    ) async throws {
        let range = [Date.now, Date.now + 600].map { ($0 + days * 86_400).formatted(.iso8601.year().month().day()) }
        let found = try await problem { try await Provider.ask(.always(.answer(429, ["Retry-After": value], ""))) }
        let told = range.map { "Acme has had too many requests for now and wants none before \($0)." }
        #expect(told.contains(found?.sentence ?? ""))
        #expect(range.map { Problem.Fix.action("Try again not before \($0).") }.contains(found?.fix))
    }

    @Test(arguments: [
        ("Retry-After", "Sun, 06 Nov 1994 08:49:37 GMT", 37.0), ("Retry-After", "soon", nil),
        ("X-RateLimit-Reset", "1200000000", nil), ("Retry-After", "-1e308", 0), ("Retry-After", "1e308", 86_400),
        ("Retry-After", "nan", nil), ("Retry-After", "1e309", nil), ("Retry-After", "9223372036854775808", 86_400),
        ("Retry-After", "Sun, 06 Nov 99999999999999999999 08:49:37 GMT", nil),
    ])
    func `reads a moment to wait for`(name: String, value: String, wait: Double?) {
        let answer = UpstreamResponse(status: 429, headers: [(name, value)], body: Data())
        #expect(RetryAdvice(answer, now: Date(timeIntervalSince1970: 784_111_740)).seconds == wait)
    }
}
