internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub

// What it means that a provider does not have what was asked for.

extension StepMaking {
    /// Whether a list is in the middle, at a place that the provider may just not know any more.
    func isAtLostPlace(_ task: SyncTask, _ problem: Problem) -> Bool {
        guard task.job.kind == .collection, task.page > 0, problem.kind == .permanent else { return false }
        return task.isInterrupted || problem.isAbsence || problem.code == Problem.cursorExpired.code
    }

    /// What it means that the provider does not have what was asked for: the record a list belongs to is gone.
    ///
    /// At the root it means that the address is wrong. Of a feed it may also mean that there is none: the lists below the
    /// record are read in its place, and they tell.
    func absenceStep(_ task: SyncTask, _ problem: Problem) -> TaskStep {
        switch task.job.kind {
        case .collection:
            guard let list = course.map.list(task.job.way), !isRoot(list.parent, task) else { break }
            var step = TaskStep(task, .gone)
            step.listing = listing(task, list)
            return step
        case .detail:
            guard let detail = course.map.detail(task.job.way) else { break }
            let ids = task.job.ids
            if ids.count > 1 {
                var step = TaskStep(task, .done(isWhole: false))
                step.spawns = halves(of: task)
                return step
            }
            guard !isRoot(detail.entity, task, ids.first) else { break }
            var step = TaskStep(task, .gone)
            step.gone = ids.map { Ref(detail.entity, $0) }
            return step
        case .feed:
            guard let feed = course.map.feed(task.job.way), !isRoot(feed.parent, task) else { break }
            var step = TaskStep(task, .gone)
            step.spawns = course.spawns(afterFeed: feed, of: task.job.subject, tellsChanges: false)
            return step
        }
        var step = TaskStep(task, .failed(problem))
        if let feed = course.map.feed(task.job.way) { step.spawns = spawns(after: step.outcome, of: task, feed) }
        return step
    }

    private func isRoot(_ entity: String, _ task: SyncTask, _ id: String? = nil) -> Bool {
        course.map.root == Ref(entity, id ?? task.job.subject)
    }

    /// One bad id must not lose its siblings: each half is asked for by itself.
    func halves(of task: SyncTask) -> [Spawn] {
        let ids = task.job.ids.map(JSON.string)
        return [ids.prefix(ids.count / 2), ids.suffix(from: ids.count / 2)].map {
            .job(SyncJob(.detail, task.job.way, JSON.array(Array($0)).text))
        }
    }
}

extension SyncJob {
    /// The ids of a detail's records.
    var ids: [String] {
        (try? JSON(parsing: Data(subject.utf8)))?.array?.compactMap(\.string) ?? []
    }
}
