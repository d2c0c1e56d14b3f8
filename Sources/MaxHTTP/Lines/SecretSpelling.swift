internal import Foundation
internal import MaxConnector
internal import MaxCore

extension LinePart.SecretSpelling {
    /// Reads a credential now and spells it.
    ///
    /// - Throws: ``MaxCore/Problem`` attributed to the credential when it cannot be sent; what reading it throws.
    func bytes(of handle: CredentialHandle<SecretValue>) async throws -> Data {
        let secret = try await handle.get()
        let bytes = secret.withBytes { secret in
            secret.contains(where: Self.breaksLines) ? nil : spell(secret)
        }
        guard let bytes, !secret.isBlank else { throw Problem.badCredential(handle) }
        return bytes
    }

    private func spell(_ secret: [UInt8]) -> Data? {
        switch self {
        case .plain: return Data(secret)
        case .quoted: return Self.quoted(secret)
        case .literal: return Data("{\(secret.count)+}\r\n".utf8) + secret
        case .base64: return Data(secret).base64EncodedData()
        case .saslPlain(let user):
            guard !user.utf8.contains(0) else { return nil }
            return Data([0] + Array(user.utf8) + [0] + secret).base64EncodedData()
        }
    }

    private static func quoted(_ secret: [UInt8]) -> Data? {
        guard secret.allSatisfy({ (0x20...0x7e).contains($0) }) else { return nil }
        let (quote, backslash) = (UInt8(ascii: "\""), UInt8(ascii: "\\"))
        return Data([quote] + secret.flatMap { $0 == quote || $0 == backslash ? [backslash, $0] : [$0] } + [quote])
    }

    /// Whether a byte could end a line or a text and begin something else.
    private static func breaksLines(_ byte: UInt8) -> Bool { byte == 0x0d || byte == 0x0a || byte == 0 }
}
