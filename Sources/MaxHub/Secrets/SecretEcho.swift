internal import Foundation
package import MaxCore

/// Secrets that a connector was given, to be known again in what a provider says.
///
/// A provider may repeat in an error what it was sent, in the clear or in the form in which it was sent, and whoever reads the
/// error must not read the secret.
package struct SecretEcho: Sendable {
    private let secrets: [SecretValue]

    /// The fewest characters of a secret that is looked for: anything shorter is in many a sentence by accident.
    package static let shortest = 6

    /// Creates the memory of secrets.
    package init(_ secrets: [SecretValue]) { self.secrets = secrets }

    /// Whether one of the texts repeats a secret, in the clear, escaped for a URL, in hexadecimal or in base64 (RFC 4648)
    /// with whatever before it.
    ///
    /// - Parameter shortest: The fewest characters of a secret that is looked for.
    package func isHeard(in texts: [String], shortest: Int = shortest) -> Bool {
        guard !secrets.isEmpty else { return false }
        let texts = texts.flatMap { [$0, $0.removingPercentEncoding ?? $0] }.map(\.bare)
        return secrets.contains { secret in
            let forms = secret.withText { $0.bare.count < shortest ? [] : Self.forms(of: $0) }
            return forms.contains { form in texts.contains { $0.contains(form) } }
        }
    }

    /// The problem as it may be shown and stored: without its words where they repeat a secret.
    package func review(_ problem: Problem, of provider: String) -> Problem {
        let isFixHeard = isHeard(in: problem.fix?.words ?? [])
        guard isFixHeard || isHeard(in: [problem.code, problem.sentence ?? "", problem.field ?? ""]) else {
            return problem
        }
        return Problem(
            isHeard(in: [problem.code]) ? "secret_repeated" : problem.code, problem.kind,
            "\(provider) refused, and its words are not shown because the secret is in them.",
            field: isHeard(in: [problem.field ?? ""]) ? nil : problem.field, rung: problem.rung,
            fix: isFixHeard ? nil : problem.fix, retryAfter: problem.retryAfter)
    }

    private static func forms(of secret: String) -> [String] {
        let bytes = Array(secret.utf8)
        let hexadecimal = bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        return [secret.bare, hexadecimal] + (0..<3).map { base64(of: bytes, after: $0).bare }
    }

    /// The characters that stand for bytes whatever surrounds them.
    ///
    /// - Parameter shift: How many bytes come before them in their group of three.
    private static func base64(of bytes: [UInt8], after shift: Int) -> String {
        let whole = Data([UInt8](repeating: 0, count: shift) + bytes).base64EncodedString()
        return String(whole.prefix((bytes.count + shift) * 8 / 6).dropFirst((shift * 8 + 5) / 6))
    }
}

extension String {
    /// The text by which two are compared: without white space, in small letters, and in one alphabet of base64.
    fileprivate var bare: String {
        let letters = lowercased().filter { !$0.isWhitespace }
        return letters.replacing("-", with: "+").replacing("_", with: "/")
    }
}

extension Problem.Fix {
    fileprivate var words: [String] {
        switch self {
        case .link(let title, let url): [title, url.absoluteString]
        case .action(let sentence): [sentence]
        }
    }
}
