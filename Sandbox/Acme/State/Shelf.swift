/// All things of one kind: those the world begins with, and over them what was created, changed and deleted since.
struct Shelf<Item: Entity>: Sendable {
    private var written: [Int: Item] = [:]
    private var deleted: Set<Int> = []
    private var created: [Int: [Int]] = [:]
    private var deletedUnder: [Int: Int] = [:]
    private var itemRevisions: [Int: Int] = [:]
    private var listRevisions: [Int: Int] = [:]
    /// The place the next created one gets.
    private(set) var next: Int

    init(in world: World) { next = Item.count(in: world) }

    func item(_ index: Int, in world: World) -> Item? {
        guard (0..<next).contains(index), deleted.contains(index) == false else { return nil }
        return written[index] ?? Item(index, in: world)
    }

    /// The sequence number of the last change to one of them, 0 for none.
    func revision(of index: Int) -> Int { itemRevisions[index] ?? 0 }

    /// The sequence number of the last change to a parent's children, 0 for none.
    func revision(under parent: Int) -> Int { listRevisions[parent] ?? 0 }

    /// Counts a parent's children.
    func count(under parent: Int, in world: World) -> Int {
        Item.places(under: parent, in: world).count + (created[parent]?.count ?? 0) - (deletedUnder[parent] ?? 0)
    }

    /// Lists a parent's children beyond a place, at most `limit` of them, in the order of their places.
    func indexes(under parent: Int, after: Int?, limit: Int, in world: World) -> [Int] {
        let first = after.map { $0 + 1 } ?? 0
        let base = Item.places(under: parent, in: world)
        var found: [Int] = []
        for index in max(first, base.lowerBound)..<max(first, base.upperBound) where deleted.contains(index) == false {
            guard found.count < limit else { return found }
            found.append(index)
        }
        let later = (created[parent] ?? []).lazy.filter { $0 >= first && deleted.contains($0) == false }
        return found + later.prefix(limit - found.count)
    }

    mutating func write(_ item: Item, sequence: Int) {
        if item.index == next {
            created[item.parent, default: []].append(next)
            next += 1
        }
        written[item.index] = item
        touch(item, sequence)
    }

    mutating func delete(_ item: Item, sequence: Int) {
        guard deleted.insert(item.index).inserted else { return }
        written[item.index] = nil
        deletedUnder[item.parent, default: 0] += 1
        touch(item, sequence)
    }

    private mutating func touch(_ item: Item, _ sequence: Int) {
        itemRevisions[item.index] = sequence
        listRevisions[item.parent] = sequence
    }
}
