import Foundation
import MaxConnector
import MaxCore
import MaxHub
import MaxStore
import Testing

@testable import MaxSetup

struct TokenClaimsTests {
    private static let end = Date(timeIntervalSince1970: 1_900_000_000)

    /// A token with those claims, as RFC 7515 writes it.
    private func token(_ claims: String) -> String {
        let parts = [#"{"alg":"HS256","typ":"JWT"}"#, claims, "signature"].map { part in
            Data(part.utf8).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
                .replacing("=", with: "")
        }
        return parts.joined(separator: ".")
    }

    @Test(arguments: [#"{"exp":1900000000}"#, #"{"sub":"dana","exp":1900000000.0}"#, #"{"exp":1.9e9,"a":"??>>"}"#])
    func `says when it ends`(claims: String) {
        #expect(TokenClaims(SecretValue(token(claims)))?.end == Self.end)
    }

    @Test(arguments: [#"{"sub":"dana"}"#, #"{"exp":1e300}"#, #"{"exp":-5}"#])
    func `does not say when it ends`(claims: String) throws {
        #expect(try #require(TokenClaims(SecretValue(token(claims)))).end == nil)
    }

    @Test(arguments: ["", "dana", "a.b.c", "eyJ.eyJ.eyJ", "eyJhIjoxfQ.bm90IGpzb24.x", #"eyJ..{"exp":1900000000}"#])
    func `is no token`(text: String) { #expect(TokenClaims(SecretValue(text)) == nil) }

    @Test func `a connection knows when its token ends, though the provider did not tell`() async throws {
        let bench = Bench()
        var reply = try await bench.service.start("mail")
        reply = try await bench.answer(reply, .submit(["server": "mail.test"]))
        let secrets: FlowAnswer = .submit([
            "password": .secret("dana"), "hint": .secret(token(#"{"exp":1900000000}"#)),
        ])
        let finished = try #require(try await bench.answer(reply, secrets).finished)
        let connection = try #require(try await bench.store.connection(finished.connection))
        #expect(connection.identity?.expiresAt == Self.end)
    }
}
