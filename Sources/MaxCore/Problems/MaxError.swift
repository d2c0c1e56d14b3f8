/// A failure that ends what was asked: what happened, why, and what to do about it.
///
/// Whatever a person can mend inside a flow is a ``Problem`` value; a `MaxError` is thrown when there is no going on.
public struct MaxError: Error, Sendable, Hashable, CustomStringConvertible {
    /// A stable name for programs, such as `connection_not_found`.
    public var code: Code
    /// What happened and why, in one or two sentences.
    public var message: String
    /// What to do, as an imperative sentence; nil when nothing helps.
    public var fix: String?
    /// How long to wait before trying again, in seconds, where that is known.
    public var retryAfter: Double?

    /// Creates an error.
    public init(_ code: Code, _ message: String, fix: String? = nil, retryAfter: Double? = nil) {
        self.code = code
        self.message = message
        self.fix = fix
        self.retryAfter = retryAfter
    }

    /// A stable error name; each module declares its own as static members.
    public struct Code: RawRepresentable, Sendable, Hashable, ExpressibleByStringLiteral {
        /// The name in snake case.
        public var rawValue: String
        /// Creates a code from its name.
        public init(rawValue: String) { self.rawValue = rawValue }
        /// Creates a code from its name.
        public init(stringLiteral value: String) { rawValue = value }
    }

    /// The message and the fix, as one paragraph.
    public var description: String { fix.map { "\(message) \($0)" } ?? message }
}
