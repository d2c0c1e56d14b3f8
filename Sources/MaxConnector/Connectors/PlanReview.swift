internal import MaxCore

extension InstalledConnector {
    /// What is wrong between the plan, the schema and the loaders; it can be told only once there is a config.
    package var planMistakes: [AuthorMistake] {
        let roots = schema.roots.map { $0.definition.name }
        return
            (roots.contains(plan.root.entity)
            ? [] : [AuthorMistake("the plan begins at \(plan.root.entity), which is no root of the schema")])
            + stageMistakes + plan.feeds.flatMap(mistakes)
    }

    private var stageMistakes: [AuthorMistake] {
        var reached: Set<String> = [plan.root.entity]
        return plan.stages.flatMap { stage in
            let place = "\(stage.parent).\(stage.field)"
            guard let way = collection(stage.field, of: stage.parent) else {
                return [AuthorMistake("the plan gathers \(place), which no loader pages through")]
            }
            defer { reached.insert(way.children) }
            return reached.contains(stage.parent)
                ? [] : [AuthorMistake("the plan gathers \(place), and no stage before that gives any \(stage.parent)")]
        }
    }

    private func mistakes(in feed: SyncPlan.Feed) -> [AuthorMistake] {
        let reached = Set(plan.stages.compactMap { collection($0.field, of: $0.parent)?.children })
        let name = "the feed “\(feed.title)”"
        return
            (source(feed.loader) == nil
            ? [AuthorMistake("\(name) is read by \(feed.loader), which is no loader of shape source")] : [])
            + (reached.union([plan.root.entity]).contains(feed.parent)
                ? [] : [AuthorMistake("\(name) is one of \(feed.parent), which no stage gives")])
            + feed.covers.subtracting(reached).sorted().map {
                AuthorMistake("\(name) covers \($0), which no stage gives")
            }
    }
}
