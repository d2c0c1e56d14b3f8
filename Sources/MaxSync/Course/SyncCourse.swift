internal import MaxCore
internal import MaxHub

/// What a run reads of a plan: where it begins, and what follows from each page.
///
/// Pure: it knows what was asked for and what earlier runs left, and names the work.
struct SyncCourse: Sendable {
    let map: SyncMap
    /// The entities it is limited to; empty for all.
    let only: Set<String>
    /// Whether every list is read from its beginning.
    let readsEverything: Bool
    /// Whether it goes on with a reading of everything that an earlier run left in the middle; what that one has behind it
    /// is not read again.
    let isContinuation: Bool
    /// Whether earlier runs left tasks to it.
    let hasLeftovers: Bool
    /// The feeds that turned out, below some record, to know no place to go on from.
    var unplaced: Set<String> = []
    /// The feeds that told, below some record, what changed since an earlier place.
    var placed: Set<String> = []
    /// The entities that it is about, and those on the way to them.
    private let entities: Set<String>

    init(
        _ map: SyncMap, only: Set<String> = [], readsEverything: Bool = true, isContinuation: Bool = false,
        hasLeftovers: Bool = false
    ) {
        self.map = map
        self.only = only
        self.readsEverything = readsEverything
        self.isContinuation = isContinuation
        self.hasLeftovers = hasLeftovers || isContinuation
        let all = Set(map.lists.map(\.children) + [map.root.entity])
        entities =
            only.isEmpty
            ? all
            : all.filter { entity in
                only.contains(entity) || map.lists(below: entity).contains { only.contains($0.children) }
            }
    }

    /// The lists that the run reads where it comes past their parents.
    var lists: [SyncMap.List] { map.lists.filter { entities.contains($0.children) } }

    /// The feeds that the run reads: those that cover anything it is about.
    var feeds: [SyncMap.Feed] { map.feeds.filter { !$0.covers.isDisjoint(with: entities) } }

    /// The details that the run reads.
    var details: [SyncMap.Detail] { map.details.filter { only.isEmpty || only.contains($0.entity) } }

    /// The ways that wait until every feed was asked, where earlier runs left lists below feeds.
    ///
    /// A list that went on before its feed was asked, and the feed then turned out to know no place, could have missed what
    /// changed between the two.
    var heldWays: Set<String> {
        guard hasLeftovers else { return [] }
        let below = feeds.flatMap { map.lists(below: $0.parent) }
        let entities = Set(below.map(\.children))
        return Set(below.map(\.way) + map.details.filter { entities.contains($0.entity) }.map(\.way))
    }

    /// Whether a list was read halfway by an earlier run, and nobody tells what changed on its pages since.
    func isOutdated(_ task: SyncTask) -> Bool {
        guard task.isInterrupted, task.job.kind == .collection, let list = map.list(task.job.way) else { return false }
        return map.feeds(covering: list).contains { unplaced.contains($0.way) }
    }

    /// Whether the run is about that entity, and not only on its way to another.
    func isAbout(_ entity: String) -> Bool { only.isEmpty || only.contains(entity) }

    /// The stages that people watch, each feed before the lists below it.
    var stages: [RunProgress.Stage] {
        // What earlier runs left may be about anything.
        let (lists, feeds) = hasLeftovers ? (map.lists, map.feeds) : (lists, feeds)
        var stages: [RunProgress.Stage] = []
        for list in lists {
            for feed in feeds where feed.parent == list.parent && !stages.contains(where: { $0.way == feed.way }) {
                stages.append(RunProgress.Stage(way: feed.way, title: feed.title, entity: map.entity(of: feed)))
            }
            stages.append(RunProgress.Stage(way: list.way, title: list.title, entity: list.children))
        }
        return stages
            + (hasLeftovers ? map.details : details).map {
                RunProgress.Stage(way: $0.way, title: map.title(of: $0), entity: $0.entity)
            }
    }
}

extension SyncMap {
    /// The entity people miss when a feed fails: the first that it covers.
    func entity(of feed: Feed) -> String {
        lists.first { feed.covers.contains($0.children) }?.children ?? feed.parent
    }
}
