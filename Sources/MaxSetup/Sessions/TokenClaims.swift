internal import Foundation
internal import MaxCore

/// What a secret says of itself that is a JSON Web Token (RFC 7519); its signature is the provider's business.
struct TokenClaims: Sendable {
    /// When it ends (section 4.1.4, `exp`).
    let end: Date?

    /// More than any provider's token has, in bytes.
    private static let mostBytes = 16384
    /// The ends that can be told to people: until the end of the year 9999.
    private static let times = 0..<253_402_300_800.0

    /// Reads the claims; nil when the secret is no such token.
    init?(_ secret: SecretValue) {
        guard let claims = secret.withText(Self.claims) else { return nil }
        end = claims.exp.flatMap { Self.times.contains($0) ? Date(timeIntervalSince1970: $0) : nil }
    }

    private struct Claims: Decodable {
        let exp: Double?
    }

    private static func claims(_ text: String) -> Claims? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= mostBytes, parts.count == 3, parts[0].hasPrefix("eyJ") else { return nil }
        var base64 = parts[1].replacing("-", with: "+").replacing("_", with: "/")
        base64 += String(repeating: "=", count: (4 - base64.utf8.count % 4) % 4)
        return Data(base64Encoded: String(base64)).flatMap { try? JSONDecoder().decode(Claims.self, from: $0) }
    }
}
