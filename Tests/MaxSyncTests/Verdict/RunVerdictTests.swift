import MaxCore
import MaxHub
import Testing

@testable import MaxSync

struct RunVerdictTests {
    private struct Case {
        var course = SyncCourse(.shelves())
        var stages: [String: (known: Int, over: Int, failed: Int)] = [
            "Desk.shelves": (1, 1, 0), "Shelf.books": (2, 2, 0), "Book.notes": (9, 9, 0),
        ]
        var hasAchieved = true
        var stop: WorkBoard.Stop?
        var failures: [TaskFailure] = []
        var misfits: [String: StepMaking.Misfits] = [:]
        var stored: Set<String> = ["Shelf", "Book", "Note"]
        var wasWhole = false

        var verdict: RunVerdict {
            var progress = RunProgress(stages: course.stages)
            for (way, count) in stages {
                progress.update(way) { ($0.known, $0.over, $0.failed) = (count.known, count.over, count.failed) }
            }
            return RunVerdict(
                course: course, progress: progress, stop: stop, hasAchieved: hasAchieved, failures: failures,
                misfits: misfits, notWhole: [], stored: stored, wasWhole: wasWhole, provider: "Shelf")
        }
    }

    private func books(_ shelf: String, _ problem: Problem) -> TaskFailure {
        TaskFailure(job: SyncJob(.collection, "Shelf.books", shelf), problem: problem)
    }

    @Test func `is complete when nothing is missing`() {
        let verdict = Case().verdict
        #expect(verdict.state == .complete)
        #expect(verdict.ending == RunEnding())
        #expect(verdict.reconciling == ["Shelf", "Book", "Note"])
    }

    @Test func `is partial when something is missing, and says what, why and whether it heals`() throws {
        var example = Case()
        example.stages["Shelf.books"] = (9, 9, 8)
        example.failures = (1...7).map { books("s\($0)", .forbidden) } + [books("s8", .outage)]
        let verdict = example.verdict
        #expect(verdict.state == .partial)
        #expect(verdict.ending.problem == .forbidden)
        let first = try #require(verdict.ending.missing.first)
        #expect((first.count, first.stage, first.entity) == (7, "Collecting books", "Book"))
        #expect(first.examples == (1...5).map { "Shelf/s\($0)" })
        #expect(verdict.ending.missing.map(\.healing) == [.owner, .nextSync])
        // What was not listed whole buries nothing.
        #expect(verdict.reconciling == ["Shelf"])
    }

    @Test func `has failed when nothing at the root could be read`() {
        var example = Case()
        example.stages = ["Desk.shelves": (1, 1, 1), "Shelf.books": (1, 1, 0)]
        example.failures = [TaskFailure(job: SyncJob(.collection, "Desk.shelves", "desk"), problem: .outage)]
        #expect(example.verdict.state == .failed)
        #expect(example.verdict.ending.problem == .outage)
    }

    @Test func `has failed when nothing at all could be read`() {
        var example = Case()
        example.stages = ["Shelf.books": (1, 1, 1)]
        example.hasAchieved = false
        example.failures = [books("s1", .forbidden)]
        #expect(example.verdict.state == .failed)
    }

    @Test func `has failed for a refused credential, whatever was stored before, and keeps its fix`() {
        var example = Case()
        example.stop = .halted(.refused)
        let ending = example.verdict.ending
        #expect(example.verdict.state == .failed)
        #expect(ending.problem?.fix == Problem.refused.fix)
        #expect(
            ending.problem?.sentence == "Shelf rejected this token. Nothing more is asked for until it is replaced.")
        #expect(ending.problem?.latched == ending.problem)
        #expect(example.verdict.reconciling == [])
    }

    @Test func `ends a silent run as partial when it had anything`() {
        var example = Case()
        example.stop = .silent
        #expect(example.verdict.state == .partial)
        example.hasAchieved = false
        example.stages = [:]
        #expect(example.verdict.state == .failed)
        #expect(example.verdict.ending.problem?.code == "run_silent")
    }

    @Test func `is cancelled when somebody stopped it`() {
        var example = Case()
        example.stop = .cancelled
        example.stored = ["Shelf"]
        #expect(example.verdict.state == .cancelled)
        #expect(example.verdict.ending.problem?.code == "run_stopped")
        #expect(example.verdict.reconciling == [])
        #expect(
            example.verdict.ending.emptiness["Book"]
                == .unproven(why: "The sync was stopped before every list was read."))
    }

    @Test func `is partial for records that could not be stored`() throws {
        var example = Case()
        example.misfits = ["Shelf.books": .init(count: 3, problem: .unusableRecords("Shelf"))]
        #expect(example.verdict.state == .partial)
        #expect(try #require(example.verdict.ending.missing.first).count == 3)
    }

    @Test func `counts failures beyond those it looks at with their stage's largest group`() {
        var example = Case()
        example.stages["Shelf.books"] = (5000, 5000, 4000)
        example.failures =
            (0..<1990).map { books("s\($0)", .outage) } + (0..<10).map { books("t\($0)", .forbidden) }
        #expect(example.verdict.ending.missing.map(\.count) == [3990, 10])
    }

    // MARK: Emptiness

    @Test func `proves emptiness by the lists that were read`() {
        var example = Case()
        example.stages = ["Desk.shelves": (1, 1, 0), "Shelf.books": (2, 2, 0), "Book.notes": (0, 0, 0)]
        example.stored = ["Shelf"]
        #expect(
            example.verdict.ending.emptiness == [
                "Book": .proven(how: "Shelf was asked for all 2 lists, and each was empty."),
                "Note": .proven(how: "There is nothing that could have any: no Book."),
            ])
    }

    @Test func `proves nothing by a list that failed`() {
        var example = Case()
        example.stages["Shelf.books"] = (2, 2, 1)
        example.failures = [books("s1", .outage)]
        example.stored = ["Shelf"]
        #expect(
            example.verdict.ending.emptiness["Book"]
                == .unproven(why: "Not every list that could have any was read."))
    }

    @Test func `proves emptiness by a feed once everything was read`() {
        var example = Case()
        example.course = SyncCourse(.shelves(feedCovering: ["Book", "Note"]), readsEverything: false)
        example.stored = ["Shelf"]
        guard case .unproven = example.verdict.ending.emptiness["Book"] else { return #expect(Bool(false)) }
        example.wasWhole = true
        #expect(
            example.verdict.ending.emptiness["Book"]
                == .proven(how: "Shelf has told of every change since everything was read, and there is none now."))
    }

    @Test func `proves nothing by a feed while a list that was to be read before it still fails`() {
        var example = Case()
        example.course = SyncCourse(.shelves(feedCovering: ["Book", "Note"]), readsEverything: false)
        example.stages["Shelf.books"] = (1, 1, 1)
        example.failures = [books("s1", .forbidden)]
        example.stored = ["Shelf"]
        example.wasWhole = true
        for entity in ["Book", "Note"] {
            #expect(
                example.verdict.ending.emptiness[entity]
                    == .unproven(why: "Not every list that could have any was read."))
        }
    }

    @Test func `says nothing of entities that the run was not about`() {
        var example = Case()
        example.course = SyncCourse(.shelves(), only: ["Book"])
        example.stored = []
        #expect(Set(example.verdict.ending.emptiness.keys) == ["Book"])
    }
}
