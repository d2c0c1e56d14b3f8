import SandboxKit

extension Dice {
    /// What a stream of numbers is drawn for.
    enum Kind: UInt8 {
        case person = 1
        case repository, issue, comment, star, gist, token
    }

    /// Begins the stream of one thing: its kind and its place among its kind.
    init(seed: UInt64, _ kind: Kind, _ index: Int) { self.init(seed: seed, kind: kind.rawValue, index) }
}

/// What there is before anybody changes it: a function of seed and size.
struct GitHubWorld: Sendable {
    let seed: UInt64
    let size: GitHubSize

    /// The two people who hold tokens from the first day: Dana, whose token is the default one, and Erin.
    static let dana = 0
    static let erin = 1
    /// The place of the organisation among the people.
    static let organization = 2
    private static let crowd = 24

    var people: [Person] {
        (0..<Self.crowd).map { index in
            var dice = Dice(seed: seed, .person, index)
            let first = dice.pick(WordList.firstNames)
            let last = dice.pick(WordList.lastNames)
            switch index {
            case Self.dana: return Person(index: index, login: "dana-\(last.ascii)", name: "Dana \(last.name)")
            case Self.erin: return Person(index: index, login: "erin-\(last.ascii)", name: "Erin \(last.name)")
            case Self.organization:
                let plant = dice.pick(WordList.plants)
                return Person(index: index, login: "\(plant.lowercased())-works", name: "\(plant) Works")
            default:
                let login = "\(first.ascii)-\(last.ascii)-\(index)"
                return Person(index: index, login: login, name: "\(first.name) \(last.name)")
            }
        }
    }

    /// Dana's repositories and the organisation's, by turns; Erin works on the first two.
    var repositories: [Repository] {
        (0..<size.repositories).map { index in
            var dice = Dice(seed: seed, .repository, index)
            let owner = index % 3 == 1 ? Self.organization : Self.dana
            var repository = Repository(id: 10_000 + index, owner: owner, name: name(index, &dice), &dice)
            repository.members = [Self.dana] + (index < 2 ? [Self.erin] : [])
            return repository
        }
    }

    private func name(_ index: Int, _ dice: inout Dice) -> String {
        let words = dice.pick(WordList.plants).lowercased() + "-" + dice.pick(WordList.fileNames.filter(\.isPlain))
        return index == 0 ? words : "\(words)-\(index + 1)"
    }

    /// The issues of each repository, oldest first, the biggest repository first.
    func issues() -> [Int: [Issue]] {
        let shares = Partition(children: size.issues, weights: weights)
        return Dictionary(
            uniqueKeysWithValues: (0..<size.repositories).map { place in
                let run = shares.run(of: place)
                let issues = run.enumerated().map { number, index in
                    Issue(index, repository: 10_000 + place, number: number + 1, of: run.count, seed: seed)
                }
                return (10_000 + place, issues)
            })
    }

    /// The comments of each repository, oldest first.
    func comments(on issues: [Int: [Issue]]) -> [Int: [Comment]] {
        let shares = Partition(children: size.comments, weights: weights)
        return Dictionary(
            uniqueKeysWithValues: (0..<size.repositories).map { place in
                let own = issues[10_000 + place] ?? []
                let comments = own.isEmpty ? [] : shares.run(of: place).map { Comment($0, on: own, seed: seed) }
                return (10_000 + place, comments.sorted { ($0.createdAt, $0.id) < ($1.createdAt, $1.id) })
            })
    }

    private var weights: [Int] { (0..<size.repositories).map { max(1_000 / ($0 + 1), 1) } }

    /// What a person has starred: repositories of strangers, the latest first.
    func stars(of person: Int) -> [Star] {
        guard person == Self.dana || person == Self.erin else { return [] }
        return (0..<(person == Self.dana ? size.stars : min(size.stars, 3))).map { index in
            var dice = Dice(seed: seed, .star, index * 2 + person)
            let place = index * 2 + person
            let owner = 3 + dice.below(Self.crowd - 3)
            let repository = Repository(id: 500_000 + place, owner: owner, name: name(place + 1, &dice), &dice)
            let at = Timestamp(Timestamp.worldEpoch.seconds - index * 7_200 - dice.below(7_000))
            return Star(repository: repository, at: at)
        }
    }

    func gists(of person: Int) -> [Gist] {
        guard person == Self.dana || person == Self.erin else { return [] }
        return (0..<(person == Self.dana ? size.gists : min(size.gists, 1))).map { index in
            Gist(index, of: person, seed: seed)
        }
    }
}

extension String {
    fileprivate var isPlain: Bool { utf8.allSatisfy { $0 != 0x20 && $0 < 0x80 } }
}
