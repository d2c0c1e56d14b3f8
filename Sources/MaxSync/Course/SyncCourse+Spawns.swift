internal import MaxCore
internal import MaxHub

extension SyncCourse {
    /// The jobs at the root.
    var seeds: [Spawn] {
        let completing = details.filter { $0.entity == map.root.entity }
            .map { Spawn.job(SyncJob(.detail, $0.way, JSON.array([.string(map.root.id)]).text)) }
        let own = feeds.filter { $0.parent == map.root.entity }
        let jobs =
            own.isEmpty
            ? lists.filter { $0.parent == map.root.entity }.map { SyncJob(.collection, $0.way, map.root.id) }
            : own.map { SyncJob(.feed, $0.way, map.root.id) }
        return completing + jobs.map(Spawn.job)
    }

    /// What follows from a page of a list: the feeds of its records, or else the lists below them, and the fields that are
    /// missing.
    ///
    /// Where a feed further up tells of the changes in such a list, it is read below new records only: what is in it may be
    /// older than the feed's place.
    func spawns(afterPageOf list: SyncMap.List) -> [Spawn] {
        let entity = list.children
        let own = feeds.filter { $0.parent == entity }
        let below: [Spawn] =
            own.isEmpty
            ? lists.filter { $0.parent == entity }.map { list in
                isTold(list)
                    ? .perNewRecord(of: entity, .collection, way: list.way)
                    : .perRecord(of: entity, .collection, way: list.way)
            }
            : own.map { .perRecord(of: entity, .feed, way: $0.way) }
        let completing: [Spawn] = list.details.filter(details.contains).map {
            .details(of: entity, way: $0.way, limit: $0.limit, includingUnchanged: readsEverything)
        }
        return below + completing
    }

    /// What follows from a page of a feed that is not its last: the fields that are missing.
    var spawnsAfterFeedPage: [Spawn] {
        details.map { .details(of: $0.entity, way: $0.way, limit: $0.limit, includingUnchanged: false) }
    }

    /// What follows from the end of a feed: the lists below its record that it made unnecessary no longer, and whatever
    /// is below the records that it covers.
    ///
    /// - Parameter tellsChanges: Whether it told everything since an earlier place; otherwise every list is read.
    func spawns(afterFeed feed: SyncMap.Feed, of subject: String, tellsChanges: Bool) -> [Spawn] {
        let skips = tellsChanges && !readsEverything
        let direct = lists.filter { list in
            list.parent == feed.parent && gate(of: list) == feed && !(skips && feed.covers.contains(list.children))
        }
        let jobs = direct.map { Spawn.job(SyncJob(.collection, $0.way, subject)) }
        guard skips else { return spawnsAfterFeedPage + jobs }
        return spawnsAfterFeedPage + jobs + spawns(belowRecordsOf: feed)
    }

    /// The jobs of stored records whose lists are not read again because a feed covers them.
    private func spawns(belowRecordsOf feed: SyncMap.Feed) -> [Spawn] {
        let nested = feeds.filter { $0 != feed && feed.covers.contains($0.parent) }
        let ends = lists.filter { list in
            feed.covers.contains(list.parent) && !feed.covers.contains(list.children)
                && !feeds.contains { $0.parent == list.parent }
        }
        return nested.map { .perStored(of: $0.parent, .feed, way: $0.way) }
            + ends.map { .perStored(of: $0.parent, .collection, way: $0.way) }
    }

    /// The feed after which a list below the same record is read: the one that covers it, or else the first.
    private func gate(of list: SyncMap.List) -> SyncMap.Feed? {
        let own = feeds.filter { $0.parent == list.parent }
        return own.first { $0.covers.contains(list.children) } ?? own.first
    }

    /// Whether a feed told of every change of a list's children, so that the list need not be read.
    ///
    /// Where earlier runs left something, or a feed had no place to go on from, nobody can tell for which of the records,
    /// and the list is read.
    private func isTold(_ list: SyncMap.List) -> Bool {
        guard !readsEverything, !hasLeftovers else { return false }
        let covering = map.feeds(covering: list).filter(feeds.contains)
        return covering.contains { !unplaced.contains($0.way) }
    }
}
