import Foundation
import MaxCore

// What GitHub answers, as far as it is collected; the many addresses in it are left unread.

extension GitHubClient {
    /// The account of a token.
    struct Account: Sendable {
        let user: User
        /// What the token was granted; nil for a kind that is not granted scopes.
        let scopes: [String]?
        let expiresAt: Date?
    }

    struct User: Decodable, Sendable {
        let id: Int
        let login: String
        let page: URL
        let name: String?
        let email: String?
        let company: String?
        let location: String?
        let bio: String?
        let createdAt: String?

        enum CodingKeys: String, CodingKey {
            case id, login, name, email, company, location, bio
            case page = "html_url"
            case createdAt = "created_at"
        }
    }

    /// Somebody named in another thing.
    struct Mention: Decodable { let login: String }

    struct Repository: Decodable {
        let id: Int
        let fullName: String
        let name: String
        let owner: Mention
        let description: String?
        let isPrivate: Bool
        let isFork: Bool
        let isArchived: Bool?
        let language: String?
        let topics: [String]?
        let defaultBranch: String?
        let stars: Int?
        let forks: Int?
        let openIssues: Int?
        let homepage: String?
        let page: String
        let pushedAt: String?
        let createdAt: String?
        let updatedAt: String?

        enum CodingKeys: String, CodingKey {
            case id, name, owner, description, language, topics, homepage
            case fullName = "full_name"
            case isPrivate = "private"
            case isFork = "fork"
            case isArchived = "archived"
            case defaultBranch = "default_branch"
            case stars = "stargazers_count"
            case forks = "forks_count"
            case openIssues = "open_issues_count"
            case page = "html_url"
            case pushedAt = "pushed_at"
            case createdAt = "created_at"
            case updatedAt = "updated_at"
        }
    }

    struct Star: Decodable {
        let repository: Repository
        let starredAt: String?

        enum CodingKeys: String, CodingKey {
            case repository = "repo"
            case starredAt = "starred_at"
        }
    }

    struct Issue: Decodable, Sendable {
        struct Label: Decodable { let name: String }
        struct Milestone: Decodable { let title: String }
        struct Place: Decodable { let id: Int }
        struct PullRequest: Decodable {
            let mergedAt: String?
            enum CodingKeys: String, CodingKey { case mergedAt = "merged_at" }
        }

        let number: Int
        let title: String
        let body: String?
        let state: String
        let stateReason: String?
        let pullRequest: PullRequest?
        let isDraft: Bool?
        let isLocked: Bool?
        let author: Mention?
        let assignees: [Mention]?
        let labels: [Label]?
        let milestone: Milestone?
        let comments: Int?
        /// The repository, in lists over many.
        let repository: Place?
        let page: String
        let createdAt: String?
        let updatedAt: String
        let closedAt: String?

        enum CodingKeys: String, CodingKey {
            case number, title, body, state, assignees, labels, milestone, comments, repository
            case stateReason = "state_reason"
            case pullRequest = "pull_request"
            case isDraft = "draft"
            case isLocked = "locked"
            case author = "user"
            case page = "html_url"
            case createdAt = "created_at"
            case updatedAt = "updated_at"
            case closedAt = "closed_at"
        }
    }

    struct Comment: Decodable {
        let id: Int
        let body: String?
        let author: Mention?
        let issue: String
        let page: String
        let createdAt: String?
        let updatedAt: String?

        enum CodingKeys: String, CodingKey {
            case id, body
            case author = "user"
            case issue = "issue_url"
            case page = "html_url"
            case createdAt = "created_at"
            case updatedAt = "updated_at"
        }
    }

    struct Gist: Decodable {
        struct File: Decodable {
            let filename: String?
            let language: String?
            let size: Int?
        }

        let id: String
        let description: String?
        let files: [String: File]
        let isPublic: Bool
        let comments: Int?
        let page: String
        let createdAt: String?
        let updatedAt: String?

        enum CodingKeys: String, CodingKey {
            case id, description, files, comments
            case isPublic = "public"
            case page = "html_url"
            case createdAt = "created_at"
            case updatedAt = "updated_at"
        }
    }
}
