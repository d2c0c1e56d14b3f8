import MaxCore
import MaxHub
import Testing

@testable import MaxSync

struct SyncCourseTests {
    private let shelves = Spawn.job(SyncJob(.collection, "Desk.shelves", "desk"))
    private let booksOfEach = Spawn.perRecord(of: "Shelf", .collection, way: "Shelf.books")
    private let changesOfEach = Spawn.perRecord(of: "Shelf", .feed, way: "changes")
    private let notesOfEach = Spawn.perRecord(of: "Book", .collection, way: "Book.notes")
    private let books = Spawn.job(SyncJob(.collection, "Shelf.books", "s1"))

    private func course(
        _ covered: Set<String>? = nil, only: Set<String> = [], everything: Bool = true, leftovers: Bool = false,
        details: [SyncMap.Detail] = []
    ) -> SyncCourse {
        SyncCourse(
            .shelves(feedCovering: covered, details: details), only: only, readsEverything: everything,
            hasLeftovers: leftovers)
    }

    private func spawns(_ course: SyncCourse, afterPageOf way: String) throws -> [Spawn] {
        course.spawns(afterPageOf: try #require(course.map.list(way)))
    }

    private func spawns(_ course: SyncCourse, afterFeedThatTells tells: Bool) throws -> [Spawn] {
        course.spawns(afterFeed: try #require(course.map.feed("changes")), of: "s1", tellsChanges: tells)
    }

    @Test func `begins at the root and goes down with the records that come`() throws {
        let course = course()
        #expect(course.seeds == [shelves])
        #expect(try spawns(course, afterPageOf: "Desk.shelves") == [booksOfEach])
        #expect(try spawns(course, afterPageOf: "Shelf.books") == [notesOfEach])
        #expect(try spawns(course, afterPageOf: "Book.notes") == [])
    }

    @Test func `reads nothing below a record that has a feed before the feed was asked`() throws {
        let course = course(["Book", "Note"])
        #expect(try spawns(course, afterPageOf: "Desk.shelves") == [changesOfEach])
        #expect(try spawns(course, afterFeedThatTells: false) == [books])
        #expect(try spawns(course, afterPageOf: "Shelf.books") == [notesOfEach])
    }

    @Test func `does not read the lists that a feed covers again`() throws {
        let course = course(["Book", "Note"], everything: false)
        #expect(course.seeds == [shelves])
        #expect(try spawns(course, afterFeedThatTells: true) == [])
    }

    @Test func `reads every list although a feed told the changes when everything is to be read`() throws {
        #expect(try spawns(course(["Book", "Note"]), afterFeedThatTells: true) == [books])
    }

    @Test func `reads what a feed does not cover below every record that it does`() throws {
        let course = course(["Book"], everything: false)
        #expect(
            try spawns(course, afterFeedThatTells: true) == [
                .perStored(of: "Book", .collection, way: "Book.notes")
            ])
    }

    @Test func `reads a covered list below one that is not covered where the record is new`() throws {
        var course = course(["Note"], everything: false)
        #expect(try spawns(course, afterFeedThatTells: true) == [books])
        let notesOfNew = Spawn.perNewRecord(of: "Book", .collection, way: "Book.notes")
        #expect(try spawns(course, afterPageOf: "Shelf.books") == [notesOfNew])
        course.unplaced = ["changes"]
        #expect(try spawns(course, afterPageOf: "Shelf.books") == [notesOfEach])
    }

    @Test func `reads covered lists below one that an earlier run may have left in the middle`() throws {
        let course = course(["Note"], everything: false, leftovers: true)
        #expect(try spawns(course, afterPageOf: "Shelf.books") == [notesOfEach])
    }

    @Test func `reads only what leads to the entities that are asked for`() throws {
        let books = course(only: ["Book"], details: [.blurbs])
        #expect(books.lists.map(\.way) == ["Desk.shelves", "Shelf.books"])
        #expect(books.stages.map(\.way) == ["Desk.shelves", "Shelf.books", "blurbs"])
        #expect(course(only: ["Shelf"]).lists.map(\.way) == ["Desk.shelves"])
        #expect(try spawns(course(only: ["Shelf"]), afterPageOf: "Desk.shelves") == [])
        #expect(course(only: ["Note"], details: [.blurbs]).details == [])
    }

    @Test func `passes a feed by that covers nothing that is asked for`() throws {
        let course = course(["Note"], only: ["Book"])
        #expect(course.feeds == [])
        #expect(try spawns(course, afterPageOf: "Desk.shelves") == [booksOfEach])
    }

    @Test func `completes new and changed records, and all of them when everything is read`() throws {
        let all = Spawn.details(of: "Book", way: "blurbs", limit: 10, includingUnchanged: true)
        let fresh = Spawn.details(of: "Book", way: "blurbs", limit: 10, includingUnchanged: false)
        #expect(try spawns(course(details: [.blurbs]), afterPageOf: "Shelf.books") == [notesOfEach, all])
        #expect(try spawns(course(everything: false, details: [.blurbs]), afterPageOf: "Shelf.books").last == fresh)
        let fed = course(["Book", "Note"], everything: false, details: [.blurbs])
        #expect(try spawns(fed, afterFeedThatTells: true) == [fresh])
        #expect(fed.spawnsAfterFeedPage == [fresh])
    }

    @Test func `shows the feed before the lists below it`() {
        #expect(
            course(["Book"], details: [.blurbs]).stages.map(\.title) == [
                "Reading the shelves", "Reading changes", "Collecting books", "Collecting notes", "Completing books",
            ])
    }
}

struct CoverageTests {
    private func coverage(
        _ course: SyncCourse, failed: Set<String> = [], notWhole: Set<String> = []
    ) -> SyncCourse.Coverage {
        var progress = RunProgress(stages: course.stages)
        for way in failed { progress.update(way) { $0.failed = 1 } }
        return course.coverage(progress, notWhole: notWhole)
    }

    @Test func `counts what was read from the root down to the last list`() {
        let coverage = coverage(SyncCourse(.shelves()))
        #expect(coverage.listed == ["Shelf", "Book", "Note"])
        #expect(coverage.known == ["Shelf", "Book", "Note"])
    }

    @Test func `counts nothing below a list that failed or was not read in one go`() {
        #expect(coverage(SyncCourse(.shelves()), failed: ["Shelf.books"]).listed == ["Shelf"])
        #expect(coverage(SyncCourse(.shelves()), notWhole: ["Desk.shelves"]).listed == [])
        #expect(coverage(SyncCourse(.shelves()), notWhole: ["Book.notes"]).listed == ["Shelf", "Book"])
    }

    @Test func `takes what a feed told for known and not for listed`() {
        let told = coverage(SyncCourse(.shelves(feedCovering: ["Book"]), readsEverything: false))
        #expect(told.listed == ["Shelf", "Note"])
        #expect(told.known == ["Shelf", "Book", "Note"])
    }

    @Test func `knows nothing of what a feed covers that failed or began anew`() {
        var course = SyncCourse(.shelves(feedCovering: ["Book"]), readsEverything: false)
        #expect(coverage(course, failed: ["changes"]).known == ["Shelf"])
        (course.unplaced, course.placed) = (["changes"], ["changes"])
        #expect(coverage(course).known == ["Shelf"])
        #expect(coverage(course).listed == ["Shelf"])
    }

    @Test func `counts the lists that were read in place of a feed that had no place anywhere`() {
        var course = SyncCourse(.shelves(feedCovering: ["Book"]), readsEverything: false)
        course.unplaced = ["changes"]
        #expect(coverage(course).listed == ["Shelf", "Book", "Note"])
    }

    @Test func `counts nothing in a run that goes on with another's reading`() {
        let course = SyncCourse(.shelves(), isContinuation: true)
        #expect(coverage(course).listed == [])
    }

    @Test func `counts lists that nest in themselves`() {
        let map = SyncMap(
            root: Ref("Disk", "disk"),
            lists: [
                .init(parent: "Disk", field: "folders", children: "Folder", title: "Folders"),
                .init(parent: "Folder", field: "folders", children: "Folder", title: "Subfolders"),
                .init(parent: "Folder", field: "files", children: "File", title: "Files"),
            ])
        #expect(coverage(SyncCourse(map)).listed == ["Folder", "File"])
        #expect(coverage(SyncCourse(map), notWhole: ["Folder.folders"]).listed == [])
        #expect(coverage(SyncCourse(map), notWhole: ["Folder.files"]).listed == ["Folder"])
    }

    @Test func `leaves an entity alone that the run was not about`() {
        #expect(coverage(SyncCourse(.shelves(), only: ["Shelf"])).listed == ["Shelf"])
    }
}
