internal import Foundation
package import MaxCore

/// The address of a mailbox that notices are sent to or come from (RFC 5321, section 4.1.2).
///
/// Only what nobody can mistake for something else is one: a dot-string before the `@`, a host name behind it, in ASCII. An
/// address with a line break or an angle bracket in it does not exist as a value.
package struct MailAddress: Sendable, Hashable, Codable, CustomStringConvertible {
    /// What stands before the `@`.
    let localPart: String
    /// The host name behind it, in lower case.
    let domain: String

    package var description: String { "\(localPart)@\(domain)" }

    /// Reads an address as people write it.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `mail_address_invalid`.
    package init(_ text: String) throws {
        let text = text.trimmingCharacters(in: .whitespaces)
        guard let at = text.lastIndex(of: "@") else { throw MaxError.notAMailAddress }
        let (local, domain) = (text[..<at], text[text.index(after: at)...].lowercased())
        guard Self.isDotString(local), Self.isHostName(domain), text.utf8.count <= 254 else {
            throw MaxError.notAMailAddress
        }
        (localPart, self.domain) = (String(local), domain)
    }

    package init(from decoder: any Decoder) throws {
        try self.init(decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Whether it is one of `Dot-string`, of at most 64 octets.
    private static func isDotString(_ text: Substring) -> Bool {
        let atoms = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 64 && atoms.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isAtomText) }
    }

    /// Whether a byte is `atext` (RFC 5322, section 3.2.3).
    private static func isAtomText(_ byte: UInt8) -> Bool {
        byte.isLetterOrDigit || "!#$%&'*+-/=?^_`{|}~".utf8.contains(byte)
    }

    private static func isHostName(_ text: String) -> Bool {
        let labels = text.split(separator: ".", omittingEmptySubsequences: false)
        return text.utf8.count <= 253
            && labels.allSatisfy { label in
                (1...63).contains(label.utf8.count) && label.first != "-" && label.last != "-"
                    && label.utf8.allSatisfy { $0.isLetterOrDigit || $0 == UInt8(ascii: "-") }
            }
    }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        (0x30...0x39).contains(self) || (0x41...0x5a).contains(self) || (0x61...0x7a).contains(self)
    }
}

extension MaxError.Code {
    /// A text is not the address of a mailbox.
    package static let mailAddressInvalid: Self = "mail_address_invalid"
}

extension MaxError {
    fileprivate static var notAMailAddress: MaxError {
        MaxError(
            .mailAddressInvalid, "That is not an e-mail address that can be sent to.",
            fix: "Write it as name@example.com, in plain letters.")
    }
}
