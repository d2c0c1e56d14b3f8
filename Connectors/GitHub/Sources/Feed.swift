import Foundation
import MaxConnector
import MaxCore

extension GitHubLoaders {
    /// What changed in the issues of every repository, and what was said there.
    static let changes = Loader<GitHubClient>(
        "issues.changed", of: GitHubAccount.self, provides: [],
        .source { _, cursor, client in
            guard let cursor else {
                return SourcePage(records: [], resume: try await client.newestChange().cursor)
            }
            guard let place = ChangePlace(cursor) else { throw Problem.cursorExpired }
            return try await client.changes(since: place)
        })

    /// What is read again after six hours only: it changes seldom, and each list is a request of its own.
    ///
    /// It asks GitHub nothing. Six hours after the last reading it forgets its place, and the lists are read.
    static let seldom = Loader<GitHubClient>(
        "seldom", of: GitHubAccount.self, provides: [],
        .source { _, cursor, _ in
            let now = Date()
            guard let cursor else { return SourcePage(records: [], resume: now.ISO8601Format()) }
            guard let last = try? Date(cursor, strategy: .iso8601),
                (0..<6 * 3_600).contains(now.timeIntervalSince(last))
            else { throw Problem.cursorExpired }
            return SourcePage(records: [], resume: cursor)
        })
}

/// How far the changes of issues are known: up to a moment of GitHub's clock, and of that second these.
///
/// Several issues may change in one second, and GitHub tells what changed *since* a moment with the moment itself.
struct ChangePlace: Sendable, Hashable, Codable {
    /// The moment, as GitHub writes it.
    var since: String
    /// The page, where more than a page of issues changed in that second.
    var page = 1
    /// The issues that changed in that second and are known, each with its number of comments.
    var known: Set<String> = []
    /// What is read of comments before the changes go on; nil for nothing.
    var talk: Talk?

    /// The comments of repositories where issues changed.
    struct Talk: Sendable, Hashable, Codable {
        /// The repositories, the first of which is being read.
        var repositories: [Int]
        /// The moment since which comments are read.
        let since: String
        /// The query of the next page; nil for the first one of a repository.
        var query: String?
    }

    init(since: String) { self.since = since }

    init?(_ cursor: String) {
        guard let place = try? JSON.decoder.decode(ChangePlace.self, from: Data(cursor.utf8)), place.page > 0,
            Self.isMoment(place.since), place.talk.map({ Self.isMoment($0.since) && !$0.repositories.isEmpty }) ?? true
        else { return nil }
        self = place
    }

    var cursor: String { (try? JSON(encoding: self))?.text ?? "" }

    /// Whether a text is a moment as GitHub writes it, such as `2026-01-05T09:00:00Z`.
    private static func isMoment(_ text: String) -> Bool {
        text.utf8.count == 20 && (try? Date(text, strategy: .iso8601))?.ISO8601Format() == text
    }

    /// The place after a page of changes, the oldest first.
    ///
    /// - Throws: ``MaxCore/Problem`` when the last one changed at no moment that could be asked from.
    func moved(past issues: [GitHubClient.Issue], isFull: Bool) throws -> ChangePlace {
        guard let last = issues.last else { return self }
        guard Self.isMoment(last.updatedAt) else { throw Problem.momentNotUnderstood }
        var place = ChangePlace(since: last.updatedAt)
        place.known = Set(issues.filter { $0.updatedAt == last.updatedAt }.map(\.mark))
        if last.updatedAt == since {
            place.known.formUnion(known)
            place.page = isFull ? page &+ 1 : 1
        }
        return place
    }

    /// The place after a page of comments.
    ///
    /// - Parameter query: The query of the page that follows; nil where the repository's comments are over.
    func moved(pastCommentsTo query: String?) -> ChangePlace {
        var place = self
        place.talk?.query = query
        if query == nil { place.talk?.repositories.removeFirst() }
        if place.talk?.repositories.isEmpty == true { place.talk = nil }
        return place
    }
}

extension Problem {
    /// An issue changed at a time that is none.
    fileprivate static let momentNotUnderstood = Problem(
        "answer_not_understood", .permanent, "GitHub told of an issue that changed at a time that is none.",
        rung: .answer, fix: .action("Check the address: it has to lead to GitHub itself."))
}

extension GitHubClient.Issue {
    /// What tells one state of an issue from another of the same second.
    fileprivate var mark: String { "\(repository?.id ?? 0)#\(number)/\(comments ?? 0)/\(state)" }
}

extension GitHubClient {
    private static let everything = "filter=all&state=all&sort=updated&per_page=100"

    /// The place of now: the issue that changed last, by GitHub's clock.
    func newestChange() async throws -> ChangePlace {
        let (issues, _): ([Issue], _) = try await list(
            .changes, "issues", Self.everything + "&direction=desc", from: nil)
        return try ChangePlace(since: "1970-01-01T00:00:00Z").moved(past: issues.reversed(), isFull: false)
    }

    /// The changes since a place, the oldest first; behind each page of them, a page at a time, the comments of the
    /// repositories where there were any.
    ///
    /// A later collection goes on behind what was read of both.
    func changes(since place: ChangePlace) async throws -> SourcePage {
        if let talk = place.talk, let repository = talk.repositories.first {
            return try await comments(of: repository, in: talk, from: place)
        }
        let query = Self.everything + "&direction=asc&since=\(place.since)&page=\(place.page)"
        let (issues, links): ([Issue], _) = try await list(.changes, "issues", query, from: nil)
        var next = try place.moved(past: issues, isFull: links.next != nil)
        let news = issues.filter { !place.known.contains($0.mark) && $0.comments ?? 0 > 0 }
        let repositories = Set(news.compactMap { $0.repository?.id }).sorted()
        if !repositories.isEmpty { next.talk = ChangePlace.Talk(repositories: repositories, since: place.since) }
        let isOver = links.next == nil && next.talk == nil
        var page = SourcePage(
            records: [], next: isOver ? nil : next.cursor, resume: next.talk == nil ? next.cursor : nil)
        for issue in issues {
            guard let repository = issue.repository?.id else { continue }
            page.add(issue.record(in: "\(repository)"), to: "issues", of: repository)
        }
        return page
    }

    /// A page of what was said or edited in a repository since a moment.
    private func comments(
        of repository: Int, in talk: ChangePlace.Talk, from place: ChangePlace
    ) async throws -> SourcePage {
        let first = "sort=updated&direction=asc&per_page=100&since=\(talk.since)"
        let path = "repositories/\(repository)/issues/comments"
        let (comments, links): ([Comment], _) = try await list(.comments, path, first, from: talk.query)
        let next = place.moved(pastCommentsTo: comments.isEmpty ? nil : links.next)
        var page = SourcePage(
            records: [], next: next.cursor, resume: next.talk == nil ? next.cursor : nil)
        for comment in comments {
            page.add(comment.record(in: "\(repository)"), to: "comments", of: repository)
        }
        return page
    }
}

extension SourcePage {
    fileprivate mutating func add(_ record: Record, to field: String, of repository: Int) {
        records.append(record)
        links.append(Link(Ref(GitHubRepository.self, "\(repository)"), field, record.ref))
    }
}
