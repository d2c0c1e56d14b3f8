import SandboxKit

/// A tenant as nobody has changed it: a function of seed and size, computed where it is looked at.
final class World: Sendable {
    let seed: UInt64
    let size: AcmeSize
    let ids: IdentifierCodec
    /// Marks this world's cursors and ETags.
    let tag: String
    let usersOfWorkspaces: Partition
    let projectsOfWorkspaces: Partition
    let tasksOfProjects: Partition
    let filesOfTasks: Partition

    init(seed: UInt64, size: AcmeSize) {
        self.seed = seed
        self.size = size
        ids = IdentifierCodec(seed: seed)
        let counts = [size.workspaces, size.users, size.projects, size.tasks, size.files]
        var dice = Dice(seed: seed, .tenant, counts.reduce(1) { ($0 * 1_000_003 + $1) & 0xffff_ffff })
        tag = Hex.text(dice.next(), digits: 8)
        let falling = (0..<size.workspaces).map { max(1_000 / ($0 + 1), 1) }
        usersOfWorkspaces = Partition(children: size.users, weights: falling)
        projectsOfWorkspaces = Partition(children: size.projects, weights: falling)
        let projectWeights = World.weights(Dice(seed: seed, .share, 0), size.projects, emptyOnceIn: 12)
        tasksOfProjects = Partition(children: size.tasks, weights: projectWeights)
        let taskWeights = World.weights(Dice(seed: seed, .share, 1), size.tasks, emptyOnceIn: 2)
        filesOfTasks = Partition(children: size.files, weights: taskWeights)
    }

    private static func weights(_ dice: Dice, _ parents: Int, emptyOnceIn times: Int) -> [Int] {
        var dice = dice
        return (0..<parents).map { _ in dice.onceIn(times) ? 0 : 1 + dice.below(8) }
    }

    func dice(_ kind: Dice.Kind, _ index: Int) -> Dice { Dice(seed: seed, kind, index) }

    var tenantID: String { "ten_" + tag }

    var tenantName: String {
        var dice = dice(.tenant, 0)
        return dice.pick(WordList.plants) + " & " + dice.pick(WordList.lastNames).name
    }

    /// The two users who hold a key from the first day: Dana, whose key is the default one, and Erin.
    static let dana = 0
    static let erin = 1

    /// Derives the key a user holds from the first day.
    func firstKey(of user: Int) -> String {
        var dice = dice(.key, user)
        return AcmeKey.text(dice.next(), dice.next())
    }

    /// The number of workspaces a `_many` key sees; those beyond the world's size are empty.
    static let manyWorkspaces = 500
}
