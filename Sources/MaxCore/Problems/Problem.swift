public import Foundation

/// Something a person can understand and mend: what happened, why, and one thing to do.
///
/// A connector throws a `Problem` where a step, a check or a call cannot succeed; every surface shows the same one.
/// Sentences are for the owner: they name the provider and the cause and hold no codes, stacks or secrets.
public struct Problem: Error, Sendable, Hashable, Codable {
    /// A stable name for programs, such as `credential_refused`.
    public var code: String
    /// Whether trying again, a new credential, or neither will help.
    public var kind: Kind
    /// The owner's sentence; nil only where the owner can do nothing, and then the platform says that.
    public var sentence: String?
    /// The config field or credential the problem belongs to.
    public var field: String?
    /// The rung of the way to the provider on which it happened.
    public var rung: Rung?
    /// The one thing that mends it.
    public var fix: Fix?
    /// How long to wait before trying again, in seconds, when the provider said so; never less than nothing, nor for ever.
    public var retryAfter: Double?

    /// Creates a problem.
    public init(
        _ code: String, _ kind: Kind = .permanent, _ sentence: String?, field: String? = nil, rung: Rung? = nil,
        fix: Fix? = nil, retryAfter: Double? = nil
    ) {
        self.code = code
        self.kind = kind
        self.sentence = sentence
        self.field = field
        self.rung = rung
        self.fix = fix
        self.retryAfter = retryAfter.flatMap { $0.isNaN ? nil : min(max(0, $0), Self.longestWait) }
    }

    /// The longest wait there is, in seconds: a hundred years, with which everybody can still count.
    private static let longestWait = 36_525 * 86_400.0

    /// What will help.
    public enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        /// The same request may succeed later.
        case retryable
        /// The credential was refused: nothing will succeed before the owner acts.
        case auth
        /// The same request will fail again.
        case permanent
    }

    /// The one thing that mends a problem.
    public enum Fix: Sendable, Hashable, Codable {
        /// A page to open.
        case link(title: String, url: URL)
        /// Something to do, as an imperative sentence.
        case action(String)
    }
}

/// The steps of the way to a provider, in the order in which they are climbed.
public enum Rung: String, Sendable, Hashable, Codable, CaseIterable, Comparable {
    /// The host's name became an address that may be dialled.
    case resolve
    /// A TCP connection stands.
    case connect
    /// TLS stands and the certificate is the host's.
    case tls
    /// The provider answered in the form that was expected.
    case answer
    /// The provider accepted the credential.
    case signIn = "sign_in"
    /// The provider told whose account it is.
    case identity
    /// The credential may read what will be collected.
    case permissions
    /// A first record of what will be collected was seen.
    case record

    /// Orders rungs from the ground up.
    public static func < (one: Rung, other: Rung) -> Bool {
        (allCases.firstIndex(of: one) ?? 0) < (allCases.firstIndex(of: other) ?? 0)
    }
}

extension Problem {
    /// The same problem, attributed to a field and a rung where it had none.
    public func attributed(to field: String?, on rung: Rung? = nil) -> Problem {
        var problem = self
        problem.field = problem.field ?? field
        problem.rung = problem.rung ?? rung
        return problem
    }
}

extension Problem {
    /// A loader throws it when the provider does not know the place any more from which on changes were asked for.
    public static let cursorExpired = Problem(
        "cursor_expired", .permanent, "The provider no longer knows what changed since the last time.", rung: .answer)

    /// Whether the provider said that what was asked for does not exist, or does not any more.
    public var isAbsence: Bool { code == "not_found" || code == "gone" }
}
