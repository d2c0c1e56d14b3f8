import SandboxKit

/// A token as GitHub writes it, and behind it the word of a fault.
struct GitHubToken: Sendable, Equatable {
    /// How the token was made.
    enum Kind: Sendable { case classic, fineGrained }

    let kind: Kind
    /// The token without its fault.
    let base: String
    let fault: GitHubFault?

    /// Reads a presented token; nil is none of GitHub's.
    init?(_ text: some StringProtocol) {
        let length: Int
        if text.hasPrefix("github_pat_") {
            (kind, length) = (.fineGrained, 93)
        } else if text.hasPrefix("ghp_") {
            (kind, length) = (.classic, 40)
        } else {
            return nil
        }
        guard text.utf8.count >= length, text.utf8.count <= 255 else { return nil }
        base = String(text.prefix(length))
        let word = String(text.dropFirst(length))
        fault = GitHubFault(rawValue: word)
        if fault == nil, !word.isEmpty { return nil }
    }

    /// The fine-grained token a person holds from the first day.
    static func fineGrained(of person: Int, seed: UInt64) -> String {
        var dice = Dice(seed: seed, .token, 2 * person)
        return "github_pat_" + text(&dice, 22) + "_" + text(&dice, 59)
    }

    /// The classic token a person holds from the first day.
    static func classic(of person: Int, seed: UInt64) -> String {
        var dice = Dice(seed: seed, .token, 2 * person + 1)
        return "ghp_" + text(&dice, 36)
    }

    private static let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789")

    private static func text(_ dice: inout Dice, _ length: Int) -> String {
        String((0..<length).map { _ in dice.pick(letters) })
    }
}

/// What the holder of a token may do, once the token has been looked at.
struct Access: Sendable {
    let person: Int
    let token: GitHubToken
    /// The token as it was presented, its fault included.
    let presented: String

    /// The scopes of a classic token; a fine-grained one has none.
    var scopes: String? {
        switch token.kind {
        case .fineGrained: nil
        case .classic: token.fault == .noScopes ? "" : "gist, read:org, read:user, repo"
        }
    }

    /// When the token stops working; a classic one never does.
    var expiresAt: Timestamp? {
        if token.fault == .expiresSoon { return Timestamp(Timestamp.now().seconds + 3 * Timestamp.day) }
        return token.kind == .fineGrained ? Timestamp(Timestamp.now().seconds + 90 * Timestamp.day) : nil
    }

    /// Whether it shows what is private.
    var seesPrivate: Bool { token.fault != .noScopes }

    /// Whether it shows the stars of private repositories too.
    var seesPrivateStars: Bool { seesPrivate && token.fault != .noStarring }
}

extension GitHubState {
    /// Looks at the token in an `Authorization` header.
    func access(authorization: String?) throws(GitHubProblem) -> Access {
        let parts = (authorization ?? "").split(separator: " ", maxSplits: 1)
        guard parts.count == 2, ["bearer", "token"].contains(parts[0].lowercased()) else {
            throw .authenticationRequired
        }
        guard let token = GitHubToken(parts[1]),
            let person = [GitHubWorld.dana, GitHubWorld.erin].first(where: { holds($0, token) })
        else { throw .badCredentials }
        return Access(person: person, token: token, presented: String(parts[1]))
    }

    private func holds(_ person: Int, _ token: GitHubToken) -> Bool {
        switch token.kind {
        case .fineGrained: token.base == GitHubToken.fineGrained(of: person, seed: world.seed)
        case .classic: token.base == GitHubToken.classic(of: person, seed: world.seed)
        }
    }
}
