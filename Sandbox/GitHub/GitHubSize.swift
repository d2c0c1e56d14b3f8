package import SandboxKit

/// How much of each thing a sandbox world begins with, seen from its first account.
package struct GitHubSize: SandboxSize, Hashable {
    package var repositories: Int
    package var issues: Int
    package var comments: Int
    package var stars: Int
    package var gists: Int

    package static let small = GitHubSize(repositories: 6, issues: 90, comments: 140, stars: 12, gists: 5)
    package static let medium = GitHubSize(repositories: 40, issues: 2_000, comments: 4_000, stars: 150, gists: 20)
    package static let large = GitHubSize(repositories: 130, issues: 20_000, comments: 30_000, stars: 450, gists: 120)

    /// Clamps every count to 0…1,000,000; there is a repository if there are issues, and an issue if there are comments.
    package init(repositories: Int = 1, issues: Int = 0, comments: Int = 0, stars: Int = 0, gists: Int = 0) {
        let bounded = { (count: Int, least: Int) in min(max(count, least), 1_000_000) }
        self.comments = bounded(comments, 0)
        self.issues = bounded(issues, self.comments > 0 ? 1 : 0)
        self.repositories = bounded(repositories, self.issues > 0 ? 1 : 0)
        self.stars = bounded(stars, 0)
        self.gists = bounded(gists, 0)
    }

    /// Reads `small`, `medium`, `large` or counts such as `repositories=1,issues=5000`.
    ///
    /// What a list of counts leaves out is as in ``init(repositories:issues:comments:stars:gists:)``.
    package init(_ text: String) throws(SandboxError) {
        switch text {
        case "small": self = .small
        case "medium": self = .medium
        case "large": self = .large
        default: self = try GitHubSize.counts(text)
        }
    }

    private static func counts(_ text: String) throws(SandboxError) -> GitHubSize {
        var counts: [Substring: Int] = [:]
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, let count = Int(pair[1]), (0...1_000_000).contains(count),
                ["repositories", "issues", "comments", "stars", "gists"].contains(pair[0]), counts[pair[0]] == nil
            else { throw .unreadableSize(text, example: "repositories=3,issues=500,comments=900") }
            counts[pair[0]] = count
        }
        return GitHubSize(
            repositories: counts["repositories"] ?? 1, issues: counts["issues"] ?? 0,
            comments: counts["comments"] ?? 0, stars: counts["stars"] ?? 0, gists: counts["gists"] ?? 0)
    }
}

extension GitHubSize: CustomStringConvertible {
    package var description: String {
        "repositories=\(repositories),issues=\(issues),comments=\(comments),stars=\(stars),gists=\(gists)"
    }
}
