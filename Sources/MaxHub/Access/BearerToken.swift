package import MaxCore

/// A secret that lets in whoever brings it (RFC 6750); one type for each door, so that no route confuses two.
///
/// The text is the kind's prefix and 256 random bits as base64url. Like every secret it cannot be printed by accident:
/// it has no description, no `Codable` and no interpolation; ``text`` is said on purpose, where it is handed out.
package protocol BearerToken: Sendable {
    /// What the text of this kind begins with.
    static var prefix: String { get }
    /// The text with its prefix.
    var secret: SecretValue { get }
    /// Wraps a text that is known to be of this kind.
    init(secret: SecretValue)
}

/// What the owner's browser holds, in a cookie.
package struct OwnerToken: BearerToken {
    package static let prefix = "mxo_"
    package let secret: SecretValue
    package init(secret: SecretValue) { self.secret = secret }
}

/// What an agent holds, and sends in `Authorization: Bearer`.
package struct AgentToken: BearerToken {
    package static let prefix = "mxa_"
    package let secret: SecretValue
    package init(secret: SecretValue) { self.secret = secret }
}

/// The end of the single-use link with which the owner chooses a passphrase.
package struct WelcomeToken: BearerToken {
    package static let prefix = "mxw_"
    package let secret: SecretValue
    package init(secret: SecretValue) { self.secret = secret }
}

/// The end of the single-use link that leads the owner to a setup an agent began.
package struct OwnerLinkToken: BearerToken {
    package static let prefix = "mxl_"
    package let secret: SecretValue
    package init(secret: SecretValue) { self.secret = secret }
}

/// What a program polls with until the owner has let it in (RFC 8628, section 3.2).
package struct DeviceCode: BearerToken {
    package static let prefix = "mxd_"
    package let secret: SecretValue
    package init(secret: SecretValue) { self.secret = secret }
}

extension BearerToken {
    /// How many characters of base64url 256 bits take.
    private static var length: Int { 43 }

    /// Reads what somebody brought; nil when it cannot be a token of this kind.
    package init?(_ text: String) {
        guard text.utf8.count == Self.prefix.utf8.count + Self.length, text.hasPrefix(Self.prefix),
            text.utf8.allSatisfy(\.isBase64URL)
        else { return nil }
        self.init(secret: SecretValue(text))
    }

    /// The text, for the one place where it is handed out.
    package var text: String { secret.withText { $0 } }
}

extension UInt8 {
    fileprivate var isBase64URL: Bool {
        switch self {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

extension DefaultStringInterpolation {
    /// Refuses to put a token into a string.
    ///
    /// The compiler passes by what is unavailable and takes a more general way; what is deprecated it takes, and warns,
    /// and a warning is an error in this house.
    @available(*, deprecated, message: "a token is put into a string by its text alone")
    package mutating func appendInterpolation(_ token: some BearerToken) { appendLiteral("…") }
}

/// The SHA-256 of a token as base64url: what is stored in its place.
///
/// A token has 256 random bits, so that its hash needs no salt and no cost.
package struct TokenDigest: RawRepresentable, Sendable, Hashable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
}
