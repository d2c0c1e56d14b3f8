internal import MaxCore
internal import MaxHub

extension SyncCourse {
    /// How much of the plan a run has read, found when it is over.
    struct Coverage: Sendable, Hashable {
        /// The entities whose every list was read in this run, whole.
        var listed: Set<String> = []
        /// Those of which nothing can have been missed: listed, or told by a feed.
        var known: Set<String> = []
    }

    /// Finds what was read, from what the stages say and the ways on which something was not read whole.
    ///
    /// An entity is listed when every list that could hold it was read from its beginning to its end, below every parent
    /// there is; that takes the parents to be known themselves. Lists may nest, so the largest answer without a
    /// contradiction is looked for.
    func coverage(_ progress: RunProgress, notWhole: Set<String>) -> Coverage {
        let broken = Set(progress.stages.filter { $0.failed > 0 }.map(\.way))
        let failed = broken.union(notWhole)
        let all = Set(map.lists.map(\.children))
        var coverage = Coverage(listed: all, known: all)
        var isSettled = false
        while !isSettled {
            let listed = all.filter { isListed($0, coverage.known, failed) }
            let known = all.filter { listed.contains($0) || isTold($0, coverage.known, failed, broken) }
            isSettled = listed == coverage.listed && known == coverage.known
            coverage = Coverage(listed: listed, known: known)
        }
        coverage.listed.remove(map.root.entity)
        return coverage
    }

    private func isListed(_ entity: String, _ known: Set<String>, _ failed: Set<String>) -> Bool {
        guard !isContinuation else { return false }
        return map.lists.filter { $0.children == entity }.allSatisfy { list in
            lists.contains(list) && !failed.contains(list.way)
                && (list.parent == map.root.entity || known.contains(list.parent))
                && (readsEverything || map.feeds(covering: list).filter(feeds.contains).allSatisfy(isUseless))
        }
    }

    /// Whether a feed told nothing anywhere, so that the lists it covers were all read in its place.
    private func isUseless(_ feed: SyncMap.Feed) -> Bool { unplaced.contains(feed.way) && !placed.contains(feed.way) }

    /// Whether a feed told all there is of an entity: not where a list that came before the feed's place was never had.
    private func isTold(
        _ entity: String, _ known: Set<String>, _ failed: Set<String>, _ broken: Set<String>
    ) -> Bool {
        let wasHad = map.lists.filter { $0.children == entity }.allSatisfy { list in
            !broken.contains(list.way) && (list.parent == map.root.entity || known.contains(list.parent))
        }
        return wasHad
            && feeds.contains { feed in
                feed.covers.contains(entity) && !failed.contains(feed.way) && !unplaced.contains(feed.way)
                    && (feed.parent == map.root.entity || known.contains(feed.parent))
            }
    }
}
