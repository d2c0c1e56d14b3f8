/// The bytes of a secret on their short way between the vault, an input and a request.
///
/// It has no description, no `Codable`, no interpolation and nothing for a mirror to see, so it cannot be printed by
/// accident: `"\(secret)"` does not compile.
public struct SecretValue: Sendable {
    private let bytes: @Sendable () -> [UInt8]

    /// Creates a secret from bytes.
    public init(_ bytes: some Sequence<UInt8>) {
        let copy = Array(bytes)
        self.bytes = { copy }
    }

    /// Creates a secret from text, as UTF-8.
    public init(_ text: String) { self.init(text.utf8) }

    /// Hands the bytes to a closure, for as long as it runs.
    public func withBytes<Result>(_ body: ([UInt8]) throws -> Result) rethrows -> Result { try body(bytes()) }

    /// Hands the secret as text to a closure; bytes that are not UTF-8 are replaced.
    public func withText<Result>(_ body: (String) throws -> Result) rethrows -> Result {
        try body(String(decoding: bytes(), as: UTF8.self))
    }

    /// Whether there is nothing but white space in it.
    public var isBlank: Bool {
        withText { $0.allSatisfy(\.isWhitespace) }
    }

    /// Compares two secrets in time that depends on their lengths only.
    public func matches(_ other: SecretValue) -> Bool {
        let (mine, theirs) = (bytes(), other.bytes())
        guard mine.count == theirs.count else { return false }
        return zip(mine, theirs).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension SecretValue: CustomReflectable {
    /// A mirror that shows nothing.
    public var customMirror: Mirror { Mirror(self, children: []) }
}

extension DefaultStringInterpolation {
    /// Refuses to put a secret into a string.
    @available(*, unavailable, message: "a secret is never put into a string")
    public mutating func appendInterpolation(_ secret: SecretValue) {}
}
