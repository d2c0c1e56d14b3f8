import Foundation
import MaxConnector
import MaxCore

extension GitHubClient.User {
    var record: Record {
        Record(
            GitHubUser.self, id: "\(id)",
            [
                "login": .string(login), "name": JSON(name), "email": JSON(email), "company": JSON(company),
                "location": JSON(location), "bio": JSON(bio), "url": .string(page.absoluteString),
                "createdAt": JSON(createdAt),
            ])
    }
}

extension GitHubClient.Repository {
    var record: Record {
        Record(
            GitHubRepository.self, id: "\(id)",
            [
                "fullName": .string(fullName), "name": .string(name), "owner": .string(owner.login),
                "description": JSON(description), "isPrivate": .bool(isPrivate), "isFork": .bool(isFork),
                "isArchived": .bool(isArchived ?? false), "language": JSON(language),
                "topics": .array((topics ?? []).map(JSON.string)), "defaultBranch": JSON(defaultBranch),
                "stars": JSON(stars ?? 0), "forks": JSON(forks ?? 0), "openIssues": JSON(openIssues ?? 0),
                "homepage": JSON(homepage?.nonEmpty), "url": .string(page), "pushedAt": JSON(pushedAt),
                "createdAt": JSON(createdAt), "updatedAt": JSON(updatedAt),
            ])
    }
}

extension GitHubClient.Star {
    var record: Record {
        Record(
            GitHubStar.self, id: "\(repository.id)",
            [
                "fullName": .string(repository.fullName), "description": JSON(repository.description),
                "language": JSON(repository.language), "topics": .array((repository.topics ?? []).map(JSON.string)),
                "url": .string(repository.page), "starredAt": JSON(starredAt),
            ])
    }
}

extension GitHubClient.Issue {
    /// The id of an issue: its number within its repository, whose own id no change of name changes.
    ///
    /// A comment tells of its issue the number only, so that this is what the two can meet by.
    static func id(_ number: some StringProtocol, in repository: String) -> String { "\(repository)#\(number)" }

    func record(in repository: String) -> Record {
        Record(
            GitHubIssue.self, id: Self.id("\(number)", in: repository),
            [
                "title": .string(title), "body": JSON(body), "number": JSON(number), "state": .string(state),
                "stateReason": JSON(stateReason), "isPullRequest": .bool(pullRequest != nil),
                "isDraft": .bool(isDraft ?? false), "isLocked": .bool(isLocked ?? false),
                "author": JSON(author?.login), "assignees": .array((assignees ?? []).map { .string($0.login) }),
                "labels": .array((labels ?? []).map { .string($0.name) }), "milestone": JSON(milestone?.title),
                "commentCount": JSON(comments ?? 0), "repository": .string(repository), "url": .string(page),
                "createdAt": JSON(createdAt), "updatedAt": .string(updatedAt), "closedAt": JSON(closedAt),
                "mergedAt": JSON(pullRequest?.mergedAt),
            ])
    }
}

extension GitHubClient.Comment {
    func record(in repository: String) -> Record {
        let number = issue.split(separator: "/").last ?? ""
        return Record(
            GitHubComment.self, id: "\(id)",
            [
                "body": .string(body ?? ""), "author": JSON(author?.login),
                "issue": .string(GitHubClient.Issue.id(number, in: repository)), "repository": .string(repository),
                "url": .string(page), "createdAt": JSON(createdAt), "updatedAt": JSON(updatedAt),
            ])
    }
}

extension GitHubClient.Gist {
    var record: Record {
        let files = files.sorted { $0.key < $1.key }.map { name, file in
            JSON.object([
                "name": .string(file.filename ?? name), "language": JSON(file.language), "size": JSON(file.size),
            ])
        }
        return Record(
            GitHubGist.self, id: id,
            [
                "description": JSON(description?.nonEmpty ?? self.files.keys.min()), "files": .array(files),
                "isPublic": .bool(isPublic), "commentCount": JSON(comments ?? 0), "url": .string(page),
                "createdAt": JSON(createdAt), "updatedAt": JSON(updatedAt),
            ])
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
