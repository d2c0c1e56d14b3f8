internal import MaxConnector
internal import MaxCore

/// A connector's plan with every way resolved: which lists are below which records, and which feed covers what.
struct SyncMap: Sendable {
    /// The record everything is reached from.
    let root: Ref
    /// The lists in the plan's order.
    let lists: [List]
    let feeds: [Feed]
    /// The ways to fields that the lists do not give, each once.
    let details: [Detail]

    /// The ways to records: every list and every feed.
    var ways: Set<String> { Set(lists.map(\.way) + feeds.map(\.way)) }

    /// The children of every record of an entity.
    struct List: Sendable, Hashable {
        let parent: String
        let field: String
        let children: String
        let title: String
        /// The ways to those fields of the children that the list does not give.
        var details: [Detail] = []

        /// The name under which its jobs are stored, such as `Project.tasks`.
        var way: String { "\(parent).\(field)" }
    }

    /// What tells of changes below every record of an entity.
    struct Feed: Sendable, Hashable {
        /// The loader's name, under which its jobs are stored.
        let way: String
        let parent: String
        /// The entities whose every change it tells.
        let covers: Set<String>
        let title: String
    }

    /// A way to fields of records whose ids are known.
    struct Detail: Sendable, Hashable {
        /// The loader's name, under which its jobs are stored.
        let way: String
        let entity: String
        /// How many ids it takes at once.
        let limit: Int
    }

    init(root: Ref, lists: [List], feeds: [Feed] = [], rootDetails: [Detail] = []) {
        self.root = root
        self.lists = lists
        self.feeds = feeds
        var seen: Set<String> = []
        details = (rootDetails + lists.flatMap(\.details)).filter { seen.insert($0.way).inserted }
    }
}

extension SyncMap {
    /// What people are told while a way to fields is gone: what the records are called in the list that brings them.
    func title(of detail: Detail) -> String {
        "Completing \(lists.first { $0.children == detail.entity }?.field ?? "records")"
    }

    func list(_ way: String) -> List? { lists.first { $0.way == way } }
    func feed(_ way: String) -> Feed? { feeds.first { $0.way == way } }
    func detail(_ way: String) -> Detail? { details.first { $0.way == way } }

    /// The lists below a record of an entity, of whatever depth.
    func lists(below entity: String) -> [List] {
        var (below, frontier, known): ([List], Set<String>, Set<String>) = ([], [entity], [entity])
        while !frontier.isEmpty {
            let next = lists.filter { frontier.contains($0.parent) }
            below += next
            frontier = Set(next.map(\.children)).subtracting(known)
            known.formUnion(frontier)
        }
        return below
    }

    /// The feeds that tell of every change of a list's children.
    func feeds(covering list: List) -> [Feed] {
        feeds.filter { $0.covers.contains(list.children) && lists(below: $0.parent).contains(list) }
    }
}

extension SyncMap {
    /// Resolves the plan of an installed connector.
    ///
    /// - Throws: ``MaxCore/Problem`` when the plan names what the connector has no loader for.
    init(_ connector: InstalledConnector, provider: String) throws(Problem) {
        let plan = connector.plan
        var lists: [List] = []
        for stage in plan.stages {
            guard let way = connector.collection(stage.field, of: stage.parent) else {
                throw .planBroken("\(stage.parent).\(stage.field)", provider)
            }
            var list = List(parent: stage.parent, field: stage.field, children: way.children, title: stage.title)
            list.details = connector.details(of: way.children, without: way.fields).map(Detail.init)
            if !lists.contains(where: { $0.way == list.way }) { lists.append(list) }
        }
        for feed in plan.feeds where connector.source(feed.loader) == nil { throw .planBroken(feed.loader, provider) }
        let feeds = plan.feeds.map { Feed(way: $0.loader, parent: $0.parent, covers: $0.covers, title: $0.title) }
        self.init(
            root: plan.root, lists: lists, feeds: feeds,
            rootDetails: connector.details(of: plan.root.entity, without: []).map(Detail.init))
    }
}

extension SyncMap.Detail {
    fileprivate init(_ way: DetailWay) { self.init(way: way.name, entity: way.entity, limit: way.limit) }
}
