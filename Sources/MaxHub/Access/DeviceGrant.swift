package import Foundation

/// A program's request to be let in (RFC 8628): what the owner looks at and decides.
package struct DeviceGrant: Sendable, Hashable {
    /// How long a program waits for the owner, in seconds.
    package static let lifetime: TimeInterval = 600
    /// How many may wait at once.
    package static let mostWaiting = 100
    /// How long the answer to a redeemed code can be had again, in seconds, in case it was lost on its way.
    package static let encore: TimeInterval = 60

    /// What the program shows and the owner types.
    package let userCode: UserCode
    /// What the program calls itself.
    package let name: String
    /// What it asks for.
    package let scopes: Set<AgentScope>
    /// Who asks.
    package let visitor: Visitor
    package let requestedAt: Date
    package let expiresAt: Date
    /// How far it has come.
    package var state: State
    /// How many seconds the program has to leave between two questions (RFC 8628, section 3.5).
    package var interval: Int
    /// When it asked last.
    package var polledAt: Date?

    /// Creates a request that nobody has decided.
    package init(
        userCode: UserCode, name: String, scopes: Set<AgentScope>, visitor: Visitor, requestedAt: Date,
        state: State = .waiting, interval: Int = 5, polledAt: Date? = nil
    ) {
        self.userCode = userCode
        self.name = name
        self.scopes = scopes
        self.visitor = visitor
        self.requestedAt = requestedAt
        expiresAt = requestedAt + Self.lifetime
        self.state = state
        self.interval = interval
        self.polledAt = polledAt
    }

    /// How far a request has come.
    package enum State: Sendable, Hashable {
        /// The owner has not decided.
        case waiting
        /// The owner has, and the program has not fetched its token.
        case decided(Verdict)
        /// The program has its token.
        case redeemed(AgentID, at: Date)
    }

    /// What the owner said.
    package enum Verdict: Sendable, Hashable {
        case approved(Set<AgentScope>)
        case denied
    }

    /// Whether the owner can still decide.
    package func isWaiting(at time: Date) -> Bool { state == .waiting && time < expiresAt }
}

/// The short code that a program shows and the owner types, such as `WDJB-MJHT`.
///
/// Eight of twenty consonants (34.5 bits): no word can come of them, and none looks like another (RFC 8628, section 6.1).
package struct UserCode: Sendable, Hashable, CustomStringConvertible {
    /// The letters a code is made of.
    package static let letters = Array("BCDFGHJKLMNPQRSTVWXZ")
    /// How many it has.
    package static let length = 8

    /// The letters alone, in capitals.
    package let letters: String

    /// Reads what a person typed, in any case and with dashes or spaces anywhere; nil when it cannot be a code.
    package init?(_ typed: String) {
        let letters = typed.uppercased().filter { $0 != "-" && $0 != "\u{2013}" && !$0.isWhitespace }
        guard letters.count == Self.length, letters.allSatisfy(Self.letters.contains) else { return nil }
        self.letters = letters
    }

    /// Makes a new one.
    package init(using random: inout some RandomNumberGenerator) {
        let places = (0..<Self.length).map { _ in Int.random(in: 0..<Self.letters.count, using: &random) }
        letters = String(places.map { Self.letters[$0] })
    }

    /// The form in which it is shown.
    package var description: String { "\(letters.prefix(4))-\(letters.suffix(4))" }
}
