internal import Foundation
internal import MaxCore

/// The form in which a passphrase is compared, whatever keyboard it was typed on.
enum PassphraseText {
    /// The shortest passphrase, in characters.
    static let shortest = 12
    /// The longest, in bytes of UTF-8.
    static let longest = 1024

    /// The bytes that are stretched: spaces of every kind as one, composed letters (RFC 8265, section 4.2.1).
    static func bytes(of passphrase: SecretValue) -> [UInt8] {
        passphrase.withText { Array(normal($0).utf8) }
    }

    /// Refuses what is too short to be safe, or too long to be a passphrase.
    static func requireFit(_ passphrase: SecretValue) throws(MaxError) {
        guard passphrase.withBytes({ $0.count }) <= longest else { throw .passphraseLong }
        let characters = passphrase.withText { normal($0).count }
        guard characters >= shortest, !passphrase.isBlank else { throw .passphraseShort(shortest) }
    }

    private static func normal(_ text: String) -> String {
        let spaced = String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { $0.properties.generalCategory == .spaceSeparator ? " " : $0 }))
        return spaced.precomposedStringWithCanonicalMapping
    }
}
