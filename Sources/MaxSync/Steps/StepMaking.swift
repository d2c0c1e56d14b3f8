internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// What becomes of the pages of a run: each thing a loader brought turns into the step that is stored of it.
///
/// Pure, but for what it remembers of the run: what earlier pages of a list said, and what was not read whole.
struct StepMaking: Sendable {
    private(set) var course: SyncCourse
    /// The ways on which something was not read from its beginning to its end.
    private(set) var notWhole: Set<String> = []
    /// The records that could not be stored, by the way they came.
    private(set) var misfits: [String: Misfits] = [:]

    /// The connector's display name, for sentences.
    let provider: String
    /// The entities of the connector's schema.
    let entities: Set<String>
    let limits: SyncLimits
    private var watches: [Int64: PageWatch] = [:]
    private var resumes: [Int64: String] = [:]
    private var begunAgain: Set<Int64> = []
    private var feedsFromNow: Set<Int64> = []

    /// Records that a connector made and that cannot be stored.
    struct Misfits: Sendable, Hashable {
        var count = 0
        let problem: Problem
    }

    init(_ course: SyncCourse, provider: String, entities: Set<String>, limits: SyncLimits) {
        self.course = course
        self.provider = provider
        self.entities = entities
        self.limits = limits
    }

    /// Makes the step of a task; nil when there is nothing to store of it and it simply waits on.
    mutating func step(
        of task: SyncTask, _ fetched: Fetched, at now: Date, random: Double
    ) -> TaskStep? {
        let step: TaskStep? =
            switch fetched {
            case .page(let page, let tag): listStep(task, page, tag)
            case .unmodified: unmodifiedStep(task)
            case .changes(let page, let start): feedStep(task, page, start)
            case .noPlace: feedWithoutPlace(task)
            case .batch(let batch): detailStep(task, batch, now, random)
            case .outdated: TaskStep(task, .again)
            case .noWay: TaskStep(task, .done(isWhole: false))
            case .problem(let problem): problemStep(task, problem, now, random)
            case .halt, .dropped: nil
            }
        if let step { forget(task, after: step.outcome) }
        return step
    }

    /// The task behind a step whose next page can be read before the step is stored; nil where there is none.
    ///
    /// There is none either where it takes what is remembered of that page to ask for it, and in a list that brought
    /// nothing new: each of its pages may be the last.
    func next(after step: TaskStep) -> SyncTask? {
        let mayGoOn = step.task.job.kind == .feed || course.readsEverything
        return mayGoOn && watches[step.task.id]?.isStale != true ? step.next : nil
    }

    /// Takes note of how many records a stored step told of that were on no earlier page.
    mutating func note(_ step: TaskStep, news: Int) {
        if case .next = step.outcome { watches[step.task.id]?.note(news: news) }
    }

    /// Drops what was remembered of a task that is over, and notes how it ended.
    private mutating func forget(_ task: SyncTask, after outcome: TaskStep.Outcome) {
        switch outcome {
        case .next, .later: return
        case .done(isWhole: true), .gone, .again: break
        case .done(isWhole: false), .failed: notWhole.insert(task.job.way)
        }
        (watches[task.id], resumes[task.id]) = (nil, nil)
        if outcome != .again { begunAgain.remove(task.id) }
    }
}

// MARK: Lists

extension StepMaking {
    private mutating func listStep(_ task: SyncTask, _ page: Page<Record>, _ tag: String?) -> TaskStep? {
        guard let list = course.map.list(task.job.way) else { return TaskStep(task, .done(isWhole: false)) }
        let (records, isSound) = admit(page.items, of: [list.children], from: task)
        resumes[task.id] = page.resume ?? resumes[task.id]
        var step = TaskStep(task, outcome(task, next: page.next, list.title))
        step.records = records
        step.listing = listing(task, list)
        step.total = believable(page.total)
        step.spawns = course.spawns(afterPageOf: list)
        if let tag, isSound, !startsAtPlace(task) {
            step.memo = PageMemo(
                validator: tag, cursor: task.cursor, next: page.next, total: step.total, records: page.items.count)
        }
        if case .done = step.outcome { step.resume = resumes[task.id] }
        return step
    }

    private mutating func unmodifiedStep(_ task: SyncTask) -> TaskStep? {
        guard let list = course.map.list(task.job.way), let memo = task.memo else {
            return TaskStep(task, .done(isWhole: false))
        }
        var step = TaskStep(task, outcome(task, next: memo.next, list.title))
        step.listing = listing(task, list, isUnmodified: true)
        step.memo = memo
        step.total = believable(memo.total)
        step.spawns = course.spawns(afterPageOf: list)
        if case .done = step.outcome { step.resume = resumes[task.id] }
        return step
    }

    /// The number of items that a provider says a list has; nil for one that nobody could have.
    private func believable(_ total: Int?) -> Int? { total.flatMap { (0...limits.mostItems).contains($0) ? $0 : nil } }

    /// How a list stands after a page.
    private mutating func outcome(_ task: SyncTask, next: String?, _ title: String) -> TaskStep.Outcome {
        guard let next else { return .done(isWhole: !task.isInterrupted && !startedAtPlace(task)) }
        let goesOn = watches[task.id, default: PageWatch()]
            .admits(cursor: task.cursor, next: next, stalePages: limits.stalePages)
        return goesOn ? .next(cursor: next) : .failed(.endless(title, provider))
    }

    func listing(_ task: SyncTask, _ list: SyncMap.List, isUnmodified: Bool = false) -> TaskStep.Listing {
        TaskStep.Listing(
            parent: Ref(list.parent, task.job.subject), field: list.field, children: list.children,
            isUnmodified: isUnmodified)
    }

    /// Whether a list is read from the place an earlier reading told, and not from its beginning.
    private func startedAtPlace(_ task: SyncTask) -> Bool { task.resume != nil && !course.readsEverything }

    /// Whether the page at hand is the first one after such a place.
    private func startsAtPlace(_ task: SyncTask) -> Bool { task.page == 0 && startedAtPlace(task) }
}

// MARK: Feeds

extension StepMaking {
    private mutating func feedStep(_ task: SyncTask, _ page: SourcePage, _ start: Fetched.FeedStart) -> TaskStep? {
        guard let feed = course.map.feed(task.job.way) else { return TaskStep(task, .done(isWhole: false)) }
        switch start {
        case .now: noteFromNow(task, feed)
        case .place where feedsFromNow.contains(task.id): break
        case .place: course.placed.insert(feed.way)
        }
        let (records, isSound) = admit(page.records, of: entities, from: task)
        let outcome: TaskStep.Outcome =
            switch (isSound, page.next) {
            case (false, _): .failed(.unusableRecords(provider))
            case (true, let next?): self.outcome(task, next: next, feed.title)
            case (true, nil): .done(isWhole: true)
            }
        var step = TaskStep(task, outcome)
        step.records = records
        step.gone = page.gone.filter { entities.contains($0.entity) }
        step.links = page.links.filter { entities.isSuperset(of: [$0.parent.entity, $0.child.entity]) }
        // What could not be stored is told again by the next run.
        step.resume = isSound ? page.resume : nil
        step.spawns = spawns(after: outcome, of: task, feed)
        return step
    }

    private mutating func feedWithoutPlace(_ task: SyncTask) -> TaskStep? {
        guard let feed = course.map.feed(task.job.way) else { return TaskStep(task, .done(isWhole: false)) }
        noteFromNow(task, feed)
        var step = TaskStep(task, .done(isWhole: false))
        step.spawns = spawns(after: step.outcome, of: task, feed)
        return step
    }

    private mutating func noteFromNow(_ task: SyncTask, _ feed: SyncMap.Feed) {
        feedsFromNow.insert(task.id)
        course.unplaced.insert(feed.way)
    }

    /// The work that follows from a feed's step.
    ///
    /// A feed that cannot be had now is tried again by the next run, which is told the changes then. One that cannot be
    /// had at all is no reason to collect nothing: the lists are read in its place.
    func spawns(after outcome: TaskStep.Outcome, of task: SyncTask, _ feed: SyncMap.Feed) -> [Spawn] {
        // One that was interrupted may have begun without a place.
        let hadPlace = task.resume != nil && !task.isInterrupted && !feedsFromNow.contains(task.id)
        switch outcome {
        case .done:
            return course.spawns(afterFeed: feed, of: task.job.subject, tellsChanges: hadPlace)
        case .failed(let problem):
            let isHopeless = !hadPlace || problem.kind != .retryable
            return course.spawns(afterFeed: feed, of: task.job.subject, tellsChanges: !isHopeless)
        case .next: return course.spawnsAfterFeedPage
        case .later, .again, .gone: return []
        }
    }
}

// MARK: Details

extension StepMaking {
    private mutating func detailStep(_ task: SyncTask, _ batch: Batch, _ now: Date, _ random: Double) -> TaskStep? {
        guard let detail = course.map.detail(task.job.way) else { return TaskStep(task, .done(isWhole: false)) }
        let ids = task.job.ids
        let failed = ids.filter { batch.failed[$0] != nil }
        // When nothing came there is nothing to keep, and the whole batch is tried again or given up.
        if !failed.isEmpty, failed.count == ids.count, let problem = batch.failed[ids[0]] {
            return problemStep(task, problem, now, random)
        }
        let (records, isSound) = admit(batch.found, of: [detail.entity], from: task)
        var step = TaskStep(task, .done(isWhole: isSound))
        step.records = records
        step.gone = batch.gone.map { Ref(detail.entity, $0) }
        step.spawns = failed.map { .job(SyncJob(.detail, detail.way, JSON.array([.string($0)]).text)) }
        return step
    }
}

// MARK: Problems

extension StepMaking {
    private mutating func problemStep(
        _ task: SyncTask, _ problem: Problem, _ now: Date, _ random: Double
    ) -> TaskStep? {
        if isAtLostPlace(task, problem), begunAgain.insert(task.id).inserted { return TaskStep(task, .again) }
        if problem.isAbsence { return absenceStep(task, problem) }
        let outcome = RetryRule(limits: limits).outcome(of: problem, attempts: task.attempts, at: now, random: random)
        var step = TaskStep(task, outcome)
        if let feed = course.map.feed(task.job.way) { step.spawns = spawns(after: outcome, of: task, feed) }
        return step
    }

    /// Keeps the records that can be stored, and counts the others.
    private mutating func admit(
        _ records: [Record], of entities: Set<String>, from task: SyncTask
    ) -> (records: [Record], isSound: Bool) {
        let sound = records.filter { entities.contains($0.ref.entity) && !$0.ref.id.isEmpty && $0.ref.scope == .local }
        let count = records.count - sound.count
        guard count > 0 else { return (records, true) }
        misfits[task.job.way, default: Misfits(problem: .unusableRecords(provider))].count += count
        return (sound, false)
    }
}
