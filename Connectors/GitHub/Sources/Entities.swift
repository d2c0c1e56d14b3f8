import MaxConnector
import MaxCore

/// The account, from which everything is reached.
enum GitHubAccount: Entity {
    static let definition = EntityDef("GitHubAccount") {
        Field.collection("profile", of: GitHubUser.self)
        Field.collection("repositories", of: GitHubRepository.self)
        Field.collection("starred", of: GitHubStar.self)
        Field.collection("gists", of: GitHubGist.self)
    }
}

/// The person the token belongs to; others are named by their login where they appear.
enum GitHubUser: Entity {
    static let definition = EntityDef("GitHubUser") {
        Field.string("login", .title)
        Field.string("name", .optional)
        Field.string("email", .indexed, .optional)
        Field.string("company", .optional)
        Field.string("location", .optional)
        Field.string("bio", .text, .optional)
        Field.url("url")
        Field.date("createdAt", .optional)
    }
}

/// A repository the person owns or works on.
enum GitHubRepository: Entity {
    static let definition = EntityDef("GitHubRepository") {
        Field.string("fullName", .title)
        Field.string("name")
        Field.string("owner", .indexed)
        Field.string("description", .text, .optional)
        Field.boolean("isPrivate", .indexed)
        Field.boolean("isFork")
        Field.boolean("isArchived")
        Field.string("language", .indexed, .optional)
        Field.json("topics", .optional)
        Field.string("defaultBranch", .optional)
        Field.integer("stars")
        Field.integer("forks")
        Field.integer("openIssues")
        Field.url("homepage", .optional)
        Field.url("url")
        Field.date("pushedAt", .optional)
        Field.date("createdAt", .optional)
        Field.date("updatedAt", .optional)
        Field.collection("issues", of: GitHubIssue.self)
        Field.collection("comments", of: GitHubComment.self)
    }
}

/// An issue or a pull request, which GitHub counts as an issue with a branch.
enum GitHubIssue: Entity {
    static let definition = EntityDef("GitHubIssue") {
        Field.string("title", .title)
        Field.string("body", .text, .optional)
        Field.integer("number")
        Field.string("state", .indexed)
        Field.string("stateReason", .optional)
        Field.boolean("isPullRequest", .indexed)
        Field.boolean("isDraft")
        Field.boolean("isLocked")
        Field.string("author", .indexed, .optional)
        Field.json("assignees")
        Field.json("labels")
        Field.string("milestone", .optional)
        Field.integer("commentCount")
        Field.ref("repository", to: GitHubRepository.self)
        Field.url("url")
        Field.date("createdAt", .optional)
        Field.date("updatedAt", .optional)
        Field.date("closedAt", .optional)
        Field.date("mergedAt", .optional)
    }
}

/// What somebody said below an issue or pull request.
enum GitHubComment: Entity {
    static let definition = EntityDef("GitHubComment") {
        Field.string("body", .text)
        Field.string("author", .indexed, .optional)
        Field.ref("issue", to: GitHubIssue.self)
        Field.ref("repository", to: GitHubRepository.self)
        Field.url("url")
        Field.date("createdAt", .optional)
        Field.date("updatedAt", .optional)
    }
}

/// A repository the person starred, whoever owns it.
enum GitHubStar: Entity {
    static let definition = EntityDef("GitHubStar") {
        Field.string("fullName", .title)
        Field.string("description", .text, .optional)
        Field.string("language", .indexed, .optional)
        Field.json("topics", .optional)
        Field.url("url")
        Field.date("starredAt", .optional)
    }
}

/// A snippet of the person's; its text stays at GitHub.
enum GitHubGist: Entity {
    static let definition = EntityDef("GitHubGist") {
        Field.string("description", .title, .optional)
        Field.json("files")
        Field.boolean("isPublic")
        Field.integer("commentCount")
        Field.url("url")
        Field.date("createdAt", .optional)
        Field.date("updatedAt", .optional)
    }
}
