import Foundation
import MaxCore
import Testing

@testable import MaxNotices

@Suite struct WebhookSignatureTests {
    private let secret = SecretValue("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    private let other = SecretValue("whsec_" + Data(repeating: 7, count: 32).base64EncodedString())
    private let time = Date(timeIntervalSince1970: 1_614_265_330.9)

    private func headers(_ body: String, _ secrets: [SecretValue]) throws -> [String: String] {
        let headers = try WebhookSignature.headers(
            id: "msg_p5jXN8AQM9LWM0D4loKWxJek", at: time, Data(body.utf8), with: secrets)
        return Dictionary(uniqueKeysWithValues: headers.map { ($0.name, $0.value) })
    }

    @Test func `the example of the standard is signed as the standard signs it`() throws {
        let headers = try headers(#"{"test": 2432232314}"#, [secret])
        #expect(
            headers == [
                "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek", "webhook-timestamp": "1614265330",
                "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
            ])
    }

    @Test func `while a secret is being replaced both sign`() throws {
        let signatures = try headers("{}", [other, secret])["webhook-signature"]?.split(separator: " ")
        #expect(signatures?.count == 2)
        #expect(try signatures?.last.map(String.init) == headers("{}", [secret])["webhook-signature"])
        #expect(try signatures?.first.map(String.init) == headers("{}", [other])["webhook-signature"])
    }

    @Test func `another body has another signature`() throws {
        #expect(try headers("{}", [secret])["webhook-signature"] != headers("{ }", [secret])["webhook-signature"])
    }

    @Test(arguments: [
        "", "whsec_", "whsec_c2hvcnQ=", "whsec_not base64 at all!", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "whsec_" + Data(repeating: 1, count: 65).base64EncodedString(),
    ])
    func `what is no secret signs nothing`(_ text: String) {
        #expect(throws: MaxError.self) { try headers("{}", [SecretValue(text)]) }
    }

    @Test func `a new secret signs and is not the one before`() throws {
        let (one, two) = (WebhookSecret.random(), WebhookSecret.random())
        #expect(!one.matches(two))
        #expect(try headers("{}", [one])["webhook-signature"] != headers("{}", [two])["webhook-signature"])
        #expect(one.withText { $0.hasPrefix("whsec_") && $0.count == 50 })
    }
}

@Suite struct DeliveryScheduleTests {
    private let time = Date(timeIntervalSince1970: 1_800_000_000)

    @Test func `tries become rarer, and then there are no more`() throws {
        let waits = (1...8).map { DeliverySchedule.next(after: $0, at: time)?.timeIntervalSince(time) }
        #expect(waits == [5, 300, 1_800, 7_200, 18_000, 36_000, 36_000, nil])
    }

    @Test func `a receiver that asks to wait longer is left alone for as long, and for a day at most`() {
        #expect(DeliverySchedule.next(after: 1, at: time, wish: 90) == time + 90)
        #expect(DeliverySchedule.next(after: 2, at: time, wish: 90) == time + 300)
        #expect(DeliverySchedule.next(after: 1, at: time, wish: 1e12) == time + 86_400)
    }
}
