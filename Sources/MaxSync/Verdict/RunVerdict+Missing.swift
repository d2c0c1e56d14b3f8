internal import MaxCore
internal import MaxHub

extension RunVerdict {
    /// What could not be had, grouped by stage and cause; the most frequent first.
    var missing: [RunEnding.Missing] {
        var groups: [RunEnding.Missing] = []
        for failure in failures { add(failure, to: &groups) }
        addUncounted(to: &groups)
        for (way, misfits) in misfits.sorted(by: { $0.key < $1.key }) where course.map.feed(way) == nil {
            let (stage, entity) = words(of: way)
            groups.append(
                RunEnding.Missing(
                    stage: stage, entity: entity, count: misfits.count, examples: [], problem: misfits.problem,
                    healing: .owner))
        }
        return groups.enumerated().sorted { ($1.element.count, $0.offset) < ($0.element.count, $1.offset) }
            .map(\.element)
    }

    private func add(_ failure: TaskFailure, to groups: inout [RunEnding.Missing]) {
        let (stage, entity) = words(of: failure.job.way)
        let same = groups.firstIndex {
            $0.stage == stage && $0.problem.code == failure.problem.code
                && $0.problem.sentence == failure.problem.sentence
        }
        if let same {
            groups[same].count += 1
            let room = 5 - groups[same].examples.count
            groups[same].examples += examples(of: failure.job).prefix(max(0, room))
        } else {
            groups.append(
                RunEnding.Missing(
                    stage: stage, entity: entity, count: 1, examples: Array(examples(of: failure.job).prefix(5)),
                    problem: failure.problem, healing: failure.problem.healing))
        }
    }

    /// Adds the failures that were not looked at one by one to their stage's largest group.
    private func addUncounted(to groups: inout [RunEnding.Missing]) {
        guard failures.count >= Self.mostFailures else { return }
        for stage in progress.stages {
            let own = groups.indices.filter { groups[$0].stage == stage.title }
            let counted = own.reduce(0) { $0 + groups[$1].count }
            guard let largest = own.max(by: { groups[$0].count < groups[$1].count }) else { continue }
            groups[largest].count += max(0, stage.failed - counted)
        }
    }

    /// The title of a way's stage, and the entity it is for.
    private func words(of way: String) -> (stage: String, entity: String) {
        if let list = course.map.list(way) { return (list.title, list.children) }
        if let feed = course.map.feed(way) { return (feed.title, course.map.entity(of: feed)) }
        if let detail = course.map.detail(way) { return (course.map.title(of: detail), detail.entity) }
        return (way, way)
    }

    /// The records whose children or fields are missing.
    private func examples(of job: SyncJob) -> [String] {
        let (map, way) = (course.map, job.way)
        let entity = map.list(way)?.parent ?? map.feed(way)?.parent ?? map.detail(way)?.entity
        let ids = job.kind == .detail ? job.ids : [job.subject]
        return entity.map { entity in ids.map { Ref(entity, $0).description } } ?? []
    }
}

extension Problem {
    /// Whether what failed for it comes by itself.
    fileprivate var healing: RunEnding.Healing { kind == .retryable ? .nextSync : .owner }
}
