/// A tenant at one moment: its world and everything that has happened to it.
///
/// It is a value, so that a request keeps the moment it began with.
struct TenantState: Sendable {
    let world: World
    var workspaces: Shelf<Workspace>
    var users: Shelf<User>
    var projects: Shelf<Project>
    var tasks: Shelf<AcmeTask>
    var files: Shelf<AcmeFile>
    var keys: KeyRing
    var webhooks: [Webhook] = []
    /// Every change, by its sequence number less 1.
    private(set) var changes: [Change] = []
    private var feeds: [Int: [Int]] = [:]
    private var histories: [Int: [HistoryEntry]] = [:]

    init(_ world: World) {
        self.world = world
        workspaces = Shelf(in: world)
        users = Shelf(in: world)
        projects = Shelf(in: world)
        tasks = Shelf(in: world)
        files = Shelf(in: world)
        keys = KeyRing(in: world)
    }

    /// The sequence number of the last change.
    var sequence: Int { changes.count }

    /// Lists a workspace's changes after a sequence number, at most `limit` of them.
    func changes(in workspace: Int, after sequence: Int, limit: Int) -> [Change] {
        let feed = feeds[workspace] ?? []
        var low = 0
        var high = feed.count
        while low < high {
            let middle = (low + high) / 2
            if feed[middle] < sequence { low = middle + 1 } else { high = middle }
        }
        return feed[low...].prefix(limit).map { changes[$0] }
    }

    func history(of task: AcmeTask) -> [HistoryEntry] {
        let since = histories[task.index] ?? []
        return task.index < world.size.tasks ? HistoryEntry.beginnings(of: task, in: world) + since : since
    }

    /// Adds to the changes, and to the feed unless nobody is to be told, what was just written or deleted.
    mutating func record<Item: Entity>(_ item: Item, _ operation: Change.Operation, _ entry: JournalEntry) {
        let workspace = item.workspace(in: self)
        if entry.isSilent == false { feeds[workspace, default: []].append(changes.count) }
        changes.append(
            Change(
                sequence: changes.count + 1, workspace: workspace, kind: Item.kind, id: item.id(in: world),
                operation: operation, at: entry.at, item: operation == .upsert ? item.fields(in: world) : [],
                isSilent: entry.isSilent))
    }

    mutating func remember(_ entry: HistoryEntry, of task: Int) { histories[task, default: []].append(entry) }
}
