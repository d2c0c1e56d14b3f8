package import Foundation

/// When a connection's credential stops working.
package struct CredentialEnd: Sendable, Hashable {
    package let time: Date
    /// Whether the provider or the credential itself says so; otherwise it follows from how long others lasted.
    package let isTold: Bool

    package init(time: Date, isTold: Bool) {
        self.time = time
        self.isTold = isTold
    }

    /// How many days ahead an owner is told, and told again.
    package static let notices = [14, 7, 1]

    /// The last of ``notices`` whose time has come; nil before the first, and once what is only expected is past.
    package func notice(at now: Date) -> Int? {
        let left = time.timeIntervalSince(now)
        if !isTold, left <= 0 { return nil }
        return Self.notices.last { left <= Double($0) * 86400 }
    }
}

/// How long credentials of one kind lasted before the provider refused them.
package enum CredentialLifetime {
    /// The shortest that tells of a rule of the provider's, in seconds: what ends sooner was taken back by a person.
    private static let shortest: TimeInterval = 2 * 86400
    /// How far two may be apart that are alike, in seconds.
    private static let likeness: TimeInterval = 86400

    /// How long the next one is expected to last, when the newest two lasted equally long.
    ///
    /// - Parameter observed: In seconds, the newest first.
    package static func expected(from observed: [TimeInterval]) -> TimeInterval? {
        guard let newest = observed.first, let other = observed.dropFirst().first,
            min(newest, other) >= shortest, abs(newest - other) <= likeness
        else { return nil }
        return min(newest, other)
    }
}
