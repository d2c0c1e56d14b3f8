import Foundation
import MaxConnector
import MaxCore
import MaxHub
import Testing

@testable import MaxSync

struct StepMakingTests {
    private func making(
        _ covered: Set<String>? = nil, everything: Bool = true, details: [SyncMap.Detail] = []
    ) -> StepMaking {
        let map = SyncMap.shelves(feedCovering: covered, details: details)
        return StepMaking(
            SyncCourse(map, readsEverything: everything), provider: "Shelf", entities: ["Shelf", "Book", "Note"],
            limits: SyncLimits())
    }

    private func page(_ ids: String..., next: String? = nil, total: Int? = nil, resume: String? = nil) -> Page<Record> {
        Page(ids.map { Record(Book.self, id: $0, [:]) }, next: next, total: total, resume: resume)
    }

    private func step(_ making: inout StepMaking, _ task: SyncTask, _ fetched: Fetched) throws -> TaskStep {
        let made = making.step(of: task, fetched, at: noon, random: 1)
        return try #require(made)
    }

    // MARK: Lists

    @Test func `stores a page with its place, its children and what follows from it`() throws {
        var making = making()
        let page = page("b1", "b2", next: "p2", total: 5)
        let step = try step(&making, .books(cursor: "p1", page: 1), .page(page, tag: "v1"))
        #expect(step.outcome == .next(cursor: "p2"))
        #expect(step.records.map(\.ref.id) == ["b1", "b2"])
        #expect(step.listing == .init(parent: Ref("Shelf", "s1"), field: "books", children: "Book"))
        #expect(step.spawns == [.perRecord(of: "Book", .collection, way: "Book.notes")])
        #expect(step.memo == PageMemo(validator: "v1", cursor: "p1", next: "p2", total: 5, records: 2))
        #expect(step.total == 5)
    }

    @Test(arguments: [Int.min, -1, .max, 1 << 50])
    func `counts on no total that no list can have`(total: Int) throws {
        var making = making()
        let step = try step(&making, .books(), .page(page("b1", total: total), tag: "v1"))
        #expect(step.total == nil)
        #expect(step.memo?.total == nil)
    }

    @Test func `goes on before a page is stored, but in a list that brings nothing new or is asked whether it changed`()
        throws
    {
        var making = making()
        let page = page("b1", next: "p2")
        let first = try step(&making, .books(cursor: "p1", page: 1), .page(page, tag: nil))
        #expect(making.next(after: first) == .books(cursor: "p2", page: 2))
        making.note(first, news: 1)
        #expect(making.next(after: first) != nil)
        making.note(first, news: 0)
        #expect(making.next(after: first) == nil)
        let last = try step(&making, .books(cursor: "p2", page: 2), .page(self.page("b2"), tag: nil))
        #expect(making.next(after: last) == nil)

        var comparing = self.making(everything: false)
        let known = try step(&comparing, .books(), .page(page, tag: nil))
        #expect(comparing.next(after: known) == nil)
    }

    @Test func `takes a list for whole that was read from its beginning in one go`() throws {
        var making = making()
        #expect(try step(&making, .books(page: 3), .page(page(), tag: nil)).outcome == .done(isWhole: true))
        #expect(making.notWhole.isEmpty)
        let interrupted = try step(&making, .books(page: 3, isInterrupted: true), .page(page(), tag: nil))
        #expect(interrupted.outcome == .done(isWhole: false))
        #expect(making.notWhole == ["Shelf.books"])
    }

    @Test func `does not take a list for whole that was read from an earlier place`() throws {
        var making = making(everything: false)
        let step = try step(&making, .books(resume: "r1"), .page(page("b9", resume: "r2"), tag: "v"))
        #expect(step.outcome == .done(isWhole: false))
        #expect(step.resume == "r2")
        #expect(step.memo == nil)
    }

    @Test func `stores the place for later runs only with the end of the list`() throws {
        var making = making()
        let first = try step(&making, .books(), .page(page("b1", next: "2", resume: "newest"), tag: nil))
        #expect(first.resume == nil)
        let last = try step(&making, .books(cursor: "2", page: 1), .page(page("b2"), tag: nil))
        #expect(last.resume == "newest")
    }

    @Test func `goes on from a page that is the same as the last time`() throws {
        var making = making()
        let memo = PageMemo(validator: "v", cursor: nil, next: "2", total: 9, records: 3)
        let step = try step(&making, .books(memo: memo), .unmodified)
        #expect(step.outcome == .next(cursor: "2"))
        #expect(step.listing?.isUnmodified == true)
        #expect(step.memo == memo)
        #expect(step.spawns == [.perRecord(of: "Book", .collection, way: "Book.notes")])
    }

    @Test func `gives a list up that leads back to itself, with what the page had`() throws {
        var making = making()
        let step = try step(&making, .books(cursor: "2", page: 1), .page(page("b1", next: "2"), tag: nil))
        #expect(step.outcome.problem?.code == "list_endless")
        #expect(step.records.count == 1)
    }

    @Test func `keeps the siblings of a record that cannot be stored, and counts it`() throws {
        var making = making()
        let records = [
            Record(Book.self, id: "b1", [:]), Record(Book.self, id: "", [:]), Record(Note.self, id: "n1", [:]),
        ]
        let step = try step(&making, .books(), .page(Page(records, next: "2"), tag: "v"))
        #expect(step.records.map(\.ref.id) == ["b1"])
        #expect(step.outcome == .next(cursor: "2"))
        // The page has to be read again, so nothing is remembered of it.
        #expect(step.memo == nil)
        #expect(making.misfits["Shelf.books"]?.count == 2)
    }

    // MARK: Problems

    @Test func `buries the record whose list the provider does not have`() throws {
        var making = making()
        let step = try step(&making, .books(), .problem(.absent))
        #expect(step.outcome == .gone)
        #expect(step.listing?.parent == Ref("Shelf", "s1"))
    }

    @Test func `does not take a missing root for a deleted record`() throws {
        var making = making()
        let root = SyncTask(id: 1, job: SyncJob(.collection, "Desk.shelves", "desk"))
        #expect(try step(&making, root, .problem(.absent)).outcome == .failed(.absent))
    }

    @Test func `begins a list anew, once, when the provider has lost the place`() throws {
        var making = making()
        let task = SyncTask.books(cursor: "old", page: 3, isInterrupted: true)
        #expect(try step(&making, task, .problem(.invalid)).outcome == .again)
        // The same again: it is not begun for ever.
        #expect(try step(&making, task, .problem(.invalid)).outcome == .failed(.invalid))
    }

    @Test func `does not bury a record for a lost place in its list`() throws {
        var making = making()
        #expect(try step(&making, .books(cursor: "old", page: 3), .problem(.absent)).outcome == .again)
        #expect(try step(&making, .books(), .problem(.absent)).outcome == .gone)
    }

    @Test func `gives up what may not be read, and tries an outage again`() throws {
        var making = making()
        #expect(try step(&making, .books(), .problem(.forbidden)).outcome == .failed(.forbidden))
        #expect(try step(&making, .books(), .problem(.outage)).outcome == .later(.outage, at: noon + 0.5))
        #expect(making.notWhole == ["Shelf.books"])
    }

    @Test func `stores nothing for a refused credential or a stop, so that the task waits on`() {
        var making = making()
        let made = [Fetched.halt(.refused), .dropped].map { making.step(of: .books(), $0, at: noon, random: 1) }
        #expect(made.allSatisfy { $0 == nil })
    }

    @Test func `lets go of a task whose way the plan has no more`() throws {
        var making = making()
        let task = SyncTask(id: 1, job: SyncJob(.collection, "Shelf.magazines", "s1"))
        let step = try step(&making, task, .noWay)
        #expect(step.outcome == .done(isWhole: false))
        #expect(step.listing == nil)
    }

    // MARK: Feeds

    private let booksOfOne = Spawn.job(SyncJob(.collection, "Shelf.books", "s1"))

    @Test func `stores the place of a feed with the changes before it`() throws {
        var making = making(["Book", "Note"], everything: false)
        let page = SourcePage(
            records: [Record(Book.self, id: "b1", [:])], gone: [Ref(Note.self, "n1")], next: "6", resume: "5")
        let step = try step(&making, .changes(resume: "4"), .changes(page, start: .place))
        #expect(step.resume == "5")
        #expect(step.gone == [Ref(Note.self, "n1")])
        #expect(step.outcome == .next(cursor: "6"))
        #expect(step.spawns == [])
    }

    @Test func `reads every list below a feed that had no place or lost it`() throws {
        var making = making(["Book", "Note"], everything: false)
        let now = SourcePage(records: [], resume: "9")
        #expect(try step(&making, .changes(1), .changes(now, start: .now)).spawns == [booksOfOne])
        #expect(try step(&making, .changes(2, resume: "4"), .changes(now, start: .now)).spawns == [booksOfOne])
        #expect(making.course.unplaced == ["changes"])
        #expect(try step(&making, .changes(3, resume: "4"), .changes(now, start: .place)).spawns == [])
    }

    @Test func `remembers over its pages that a feed began without a place`() throws {
        var making = making(["Book", "Note"], everything: false)
        let first = SourcePage(records: [], next: "2", resume: "1")
        _ = try step(&making, .changes(), .changes(first, start: .now))
        let last = SourcePage(records: [], resume: "2")
        #expect(
            try step(&making, .changes(cursor: "2", page: 1, resume: "1"), .changes(last, start: .place)).spawns
                == [booksOfOne])
    }

    @Test func `reads every list after a feed that an earlier run left in the middle`() throws {
        var making = making(["Book", "Note"], everything: false)
        let task = SyncTask.changes(cursor: "7", page: 2, isInterrupted: true, resume: "6")
        let last = SourcePage(records: [], resume: "8")
        #expect(try step(&making, task, .changes(last, start: .place)).spawns == [booksOfOne])
    }

    @Test func `leaves the place of a feed where it is before a record that cannot be stored`() throws {
        var making = making(["Book", "Note"], everything: false)
        let page = SourcePage(
            records: [Record(Book.self, id: "b1", [:]), Record(Book.self, id: "", [:])], resume: "5")
        let step = try step(&making, .changes(resume: "4"), .changes(page, start: .place))
        #expect(step.outcome.problem?.code == "record_unusable")
        #expect(step.records.count == 1)
        #expect(step.resume == nil)
        #expect(step.spawns == [booksOfOne])
    }

    @Test func `asks the lists of a record whose feed is not there whether the record is`() throws {
        var making = making(["Book", "Note"], everything: false)
        let absent = try step(&making, .changes(1, resume: "4"), .problem(.absent))
        #expect(absent.outcome == .gone)
        #expect(absent.spawns == [booksOfOne])
        #expect(making.notWhole.isEmpty)
    }

    @Test
    func `waits for a feed that is out of order for a while, and reads the lists in place of one that is useless`()
        throws
    {
        var making = making(["Book", "Note"], everything: false)
        let hopeless = try step(&making, .changes(1, resume: "4"), .problem(.forbidden))
        #expect(hopeless.outcome == .failed(.forbidden))
        #expect(hopeless.spawns == [booksOfOne])
        var limits = SyncLimits()
        limits.attempts = 1
        var impatient = StepMaking(making.course, provider: "Shelf", entities: ["Book"], limits: limits)
        let later = try step(&impatient, .changes(2, resume: "4"), .problem(.outage))
        #expect(later.outcome == .failed(.outage))
        #expect(later.spawns == [])
    }

    // MARK: Details

    @Test func `asks for each failed record of a batch by itself`() throws {
        var making = making(details: [.blurbs])
        let batch = Batch(
            found: [Record(Book.self, id: "b1", ["blurb": "x"])], gone: ["b2"], failed: ["b3": .outage])
        let step = try step(&making, .blurbs(of: "b1", "b2", "b3"), .batch(batch))
        #expect(step.outcome == .done(isWhole: true))
        #expect(step.gone == [Ref("Book", "b2")])
        #expect(step.spawns == [.job(SyncJob(.detail, "blurbs", #"["b3"]"#))])
        let alone = try self.step(&making, .blurbs(of: "b3"), .batch(Batch(found: [], failed: ["b3": .invalid])))
        #expect(alone.outcome == .failed(.invalid))
    }

    @Test func `halves a batch that the provider knows nothing of, down to the record that is gone`() throws {
        var making = making(details: [.blurbs])
        let step = try step(&making, .blurbs(of: "b1", "b2", "b3"), .problem(.absent))
        #expect(
            step.spawns == [
                .job(SyncJob(.detail, "blurbs", #"["b1"]"#)), .job(SyncJob(.detail, "blurbs", #"["b2","b3"]"#)),
            ])
        let alone = try self.step(&making, .blurbs(of: "b1"), .problem(.absent))
        #expect(alone.outcome == .gone)
        #expect(alone.gone == [Ref("Book", "b1")])
    }
}

extension TaskStep.Outcome {
    /// The problem it was given up for.
    var problem: Problem? { if case .failed(let problem) = self { problem } else { nil } }
}
