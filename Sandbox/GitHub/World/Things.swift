import SandboxKit

/// Somebody with an account, or an organisation.
struct Person: Sendable, Hashable {
    let index: Int
    let login: String
    let name: String

    var id: Int { 1_000 + index }
    var isOrganization: Bool { index == GitHubWorld.organization }
}

struct Repository: Sendable, Hashable {
    let id: Int
    let owner: Int
    let name: String
    var description: String?
    var isPrivate: Bool
    var language: String?
    var topics: [String]
    var members: [Int] = []
    let createdAt: Timestamp
    var updatedAt: Timestamp

    init(id: Int, owner: Int, name: String, _ dice: inout Dice) {
        self.id = id
        self.owner = owner
        self.name = name
        description = dice.onceIn(4) ? nil : dice.pick(WordList.ventures)
        isPrivate = id < 500_000 && dice.onceIn(3)
        language = dice.onceIn(6) ? nil : dice.pick(["Swift", "Python", "TypeScript", "Go", "C"])
        topics = dice.onceIn(2) ? [] : [dice.pick(WordList.labels.filter { !$0.contains(" ") })]
        createdAt = Timestamp(Timestamp.worldEpoch.seconds - (400 + dice.below(900)) * Timestamp.day)
        updatedAt = Timestamp(Timestamp.worldEpoch.seconds - dice.below(200) * Timestamp.day)
    }

    init(id: Int, new name: String, owner: Int, at moment: Timestamp) {
        self.id = id
        self.owner = owner
        self.name = name
        (description, isPrivate, language, topics, members) = (nil, true, nil, [], [owner])
        (createdAt, updatedAt) = (moment, moment)
    }
}

/// An issue or a pull request.
struct Issue: Sendable, Hashable {
    let id: Int
    let repository: Int
    let number: Int
    var title: String
    var body: String?
    let author: Int
    var assignee: Int?
    var labels: [String]
    let isPullRequest: Bool
    let isDraft: Bool
    var comments = 0
    let createdAt: Timestamp
    var updatedAt: Timestamp
    var closedAt: Timestamp?

    var isMerged: Bool { isPullRequest && closedAt != nil && id % 3 != 0 }

    /// Computes one of those a world begins with; the later its number, the later it was opened.
    init(_ index: Int, repository: Int, number: Int, of count: Int, seed: UInt64) {
        var dice = Dice(seed: seed, .issue, index)
        id = 1_000_000 + index
        self.repository = repository
        self.number = number
        title = dice.pick(WordList.verbs) + " " + dice.pick(WordList.things)
        let sentences = (0..<dice.below(14)).map { _ in dice.pick(WordList.sentences) }
        body = sentences.isEmpty ? nil : sentences.joined(separator: " ")
        author = dice.onceIn(3) ? GitHubWorld.dana : 3 + dice.below(20)
        assignee = dice.onceIn(2) ? nil : GitHubWorld.dana
        labels = (0..<dice.below(3)).map { _ in dice.pick(WordList.labels) }
        isPullRequest = dice.onceIn(4)
        isDraft = isPullRequest && dice.onceIn(5)
        let span = 300 * Timestamp.day / max(count, 1)
        let age = (count - number) * span + Timestamp.day + dice.below(max(span, 1))
        createdAt = Timestamp(Timestamp.worldEpoch.seconds - age)
        updatedAt = Timestamp(createdAt.seconds + dice.below(Timestamp.day))
        closedAt = dice.onceIn(3) ? updatedAt : nil
    }

    init(id: Int, repository: Int, number: Int, title: String, body: String?, author: Int, at moment: Timestamp) {
        self.id = id
        self.repository = repository
        self.number = number
        self.title = title
        self.body = body
        self.author = author
        (assignee, labels, isPullRequest, isDraft) = (nil, [], false, false)
        (createdAt, updatedAt, closedAt) = (moment, moment, nil)
    }
}

struct Comment: Sendable, Hashable {
    let id: Int
    let number: Int
    let author: Int
    var body: String
    let createdAt: Timestamp
    var updatedAt: Timestamp

    /// Computes one of those a world begins with, on one of a repository's issues.
    init(_ index: Int, on issues: [Issue], seed: UInt64) {
        var dice = Dice(seed: seed, .comment, index)
        let issue = dice.pick(issues)
        id = 5_000_000 + index
        number = issue.number
        author = 3 + dice.below(20)
        body = (0...dice.below(3)).map { _ in dice.pick(WordList.sentences) }.joined(separator: " ")
        createdAt = Timestamp(issue.createdAt.seconds + dice.below(Timestamp.day))
        updatedAt = createdAt
    }

    init(id: Int, number: Int, author: Int, body: String, at moment: Timestamp) {
        self.id = id
        self.number = number
        self.author = author
        self.body = body
        (createdAt, updatedAt) = (moment, moment)
    }
}

struct Star: Sendable, Hashable {
    let repository: Repository
    let at: Timestamp
}

struct Gist: Sendable, Hashable {
    let id: String
    let owner: Int
    var description: String?
    let fileName: String
    let isPublic: Bool
    /// Bytes.
    let size: Int
    let createdAt: Timestamp
    var updatedAt: Timestamp

    init(_ index: Int, of person: Int, seed: UInt64) {
        var dice = Dice(seed: seed, .gist, index * 2 + person)
        id = Hex.text(dice.next(), digits: 16) + Hex.text(dice.next(), digits: 16)
        owner = person
        description = dice.onceIn(5) ? nil : dice.pick(WordList.verbs) + " " + dice.pick(WordList.things)
        fileName = dice.pick(WordList.fileNames) + ".md"
        isPublic = dice.onceIn(2)
        size = 40 + dice.below(4_000)
        createdAt = Timestamp(Timestamp.worldEpoch.seconds - (40 + dice.below(600)) * Timestamp.day)
        updatedAt = Timestamp(createdAt.seconds + dice.below(30 * Timestamp.day))
    }

    init(id: String, of person: Int, description: String?, at moment: Timestamp) {
        self.id = id
        owner = person
        self.description = description
        (fileName, isPublic, size, createdAt, updatedAt) = ("note.md", false, 5, moment, moment)
    }
}
