public import MaxCore

/// A typed reference to a secret: its name and how to ask for it, never its value.
///
/// `Value` is what a handle of it resolves to.
public struct Credential<Value: Sendable>: Sendable {
    /// The name it is stored under, unique in its connector.
    public let name: String
    /// What people call it, such as “API token”.
    public let label: String
    /// What it looks like, so that the wrong kind is told apart before it is sent anywhere.
    public let pattern: Pattern?
    /// A shortened example.
    public let example: String?
    let resolve: @Sendable (CredentialProvider) -> CredentialHandle<Value>
}

extension Credential where Value == SecretValue {
    /// Makes a reference to one stored secret.
    public static func string(
        _ name: String, label: String, pattern: Pattern? = nil, example: String? = nil
    ) -> Credential {
        Credential(name: name, label: label, pattern: pattern, example: example) { provider in
            CredentialHandle(name: name, label: label) { try await provider.stored(name, label: label) }
        }
    }
}

/// A regular expression that a whole input must match, and the sentence for one that does not.
public struct Pattern: Sendable, Hashable, Codable, ExpressibleByStringLiteral {
    /// The regular expression; the whole input must match.
    public let expression: String
    /// What to say of an input that does not match; nil for a sentence made from the label and the example.
    public let sentence: String?

    /// Creates a pattern.
    public init(_ expression: String, otherwise sentence: String? = nil) {
        self.expression = expression
        self.sentence = sentence
    }

    /// Creates a pattern without a sentence of its own.
    public init(stringLiteral value: String) { self.init(value) }

    /// Whether the whole text matches; an expression that does not compile matches nothing.
    package func matches(_ text: String) -> Bool {
        guard let regex = try? Regex(expression) else { return false }
        return (try? regex.wholeMatch(in: text)) != nil
    }

    /// Whether the expression compiles.
    var isSound: Bool { (try? Regex(expression)) != nil }
}
