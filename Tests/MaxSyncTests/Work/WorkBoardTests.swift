import Foundation
import MaxCore
import MaxHub
import Testing

@testable import MaxSync

struct WorkBoardTests {
    private var limits: SyncLimits {
        var limits = SyncLimits()
        (limits.concurrency, limits.pages) = (4, 10)
        return limits
    }

    /// A board that has been given tasks.
    private func board(_ tasks: [SyncTask], nextAt: Date? = nil) -> WorkBoard {
        var board = WorkBoard(limits: limits)
        _ = board.moves()
        board.supply(TaskSupply(ready: tasks, nextAt: nextAt))
        return board
    }

    private func tasks(_ ids: ClosedRange<Int64>) -> [SyncTask] { ids.map { .books($0, shelf: "s\($0)") } }

    private func words(_ board: inout WorkBoard) -> [String] { board.moves().map(\.word) }

    private func step(_ task: SyncTask) -> TaskStep { TaskStep(task, .done(isWhole: true)) }

    @Test func `looks for tasks first`() {
        var board = WorkBoard(limits: limits)
        #expect(!board.isOver)
        #expect(words(&board) == ["fetch"])
        #expect(words(&board) == [])
        board.supply(TaskSupply(ready: [], nextAt: nil))
        #expect(words(&board) == [])
        #expect(board.isOver)
    }

    @Test func `begins as many tasks as may be under way at once`() {
        var board = board(tasks(1...6))
        #expect(words(&board) == ["call 1", "call 2", "call 3", "call 4"])
        board.finish(.books(2), nil)
        #expect(words(&board) == ["call 5"])
    }

    @Test func `stores a step at once when nothing is being stored, and gathers those that come meanwhile`() {
        var board = board(tasks(1...4))
        _ = board.moves()
        board.finish(.books(1), step(.books(1)))
        #expect(words(&board) == ["commit 1"])
        for id in Int64(2)...4 {
            board.finish(.books(id), step(.books(id)))
            #expect(!words(&board).contains { $0.hasPrefix("commit") })
        }
        _ = board.committed()
        #expect(words(&board) == ["commit 2 3 4", "fetch 2 3 4"])
    }

    @Test func `reads one page ahead of the one that is being stored, and no further`() {
        let pages = (0...3).map { SyncTask.books(1, page: $0) }
        func next(_ number: Int) -> TaskStep { TaskStep(pages[number], .next(cursor: "\(number + 1)")) }
        var board = board([pages[0]])
        _ = board.moves()
        board.finish(pages[0], next(0), next: pages[1])
        #expect(words(&board) == ["commit 1", "call 1"])
        board.finish(pages[1], next(1), next: pages[2])
        #expect(words(&board) == [])
        #expect(board.committed().map(\.task.page) == [0])
        #expect(words(&board) == ["commit 1", "call 1", "fetch 1"])
        board.halt(.cancelled)
        board.finish(pages[2], next(2), next: pages[3])
        #expect(board.committed().map(\.task.page) == [1])
        #expect(words(&board) == ["commit 1"])
        _ = board.committed()
        #expect(board.isOver)
    }

    @Test func `does not look for what it has at hand`() {
        var board = board(tasks(1...5))
        _ = board.moves()
        board.finish(.books(1), step(.books(1)))
        _ = board.moves()
        _ = board.committed()
        #expect(words(&board) == ["fetch 2 3 4 5"])
    }

    @Test func `keeps no more pages than may lie in memory`() {
        var board = board(tasks(1...30))
        var begun = 0
        for _ in 0..<10 {
            for move in board.moves() {
                guard case .call(let task) = move else { continue }
                begun += 1
                board.finish(task, step(task))
            }
        }
        #expect(begun == 10)
    }

    @Test func `is not over before the last step is durable and nothing more was found`() {
        var board = board(tasks(1...1))
        _ = board.moves()
        #expect(!board.isOver)
        board.finish(.books(1), step(.books(1)))
        #expect(!board.isOver)
        _ = board.moves()
        #expect(!board.isOver)
        _ = board.committed()
        #expect(words(&board) == ["fetch"])
        #expect(!board.isOver)
        board.supply(TaskSupply(ready: [], nextAt: nil))
        #expect(board.isOver)
    }

    @Test func `waits for tasks whose time has not come`() {
        var board = board([], nextAt: noon + 5)
        #expect(words(&board) == ["wait \(noon + 5)"])
        #expect(words(&board) == [])
        #expect(!board.isOver)
        board.wake()
        #expect(words(&board) == ["fetch"])
    }

    @Test func `begins nothing once it is stopped, and stores what came`() {
        var board = board(tasks(1...6))
        _ = board.moves()
        board.halt(.cancelled)
        board.halt(.silent)
        #expect(board.stop == .cancelled)
        board.finish(.books(1), step(.books(1)))
        #expect(words(&board) == ["commit 1"])
        _ = board.committed()
        for id in Int64(2)...4 { board.finish(.books(id), nil) }
        #expect(words(&board) == [])
        #expect(board.isOver)
    }

    @Test func `holds ways back until nothing else is left`() {
        var board = WorkBoard(limits: limits, holding: ["Shelf.books"])
        #expect(words(&board) == ["fetch holding Shelf.books"])
        board.supply(TaskSupply(ready: [.changes(2)], nextAt: noon + 5))
        #expect(words(&board) == ["call 2", "wait \(noon + 5)"])
        board.finish(.changes(2), step(.changes(2)))
        #expect(words(&board) == ["commit 2"])
        _ = board.committed()
        #expect(words(&board) == ["fetch holding Shelf.books"])
        // Even those that wait for their time come first.
        board.supply(TaskSupply(ready: [], nextAt: noon + 5))
        #expect(words(&board) == [])
        board.wake()
        #expect(words(&board) == ["fetch holding Shelf.books"])
        board.supply(TaskSupply(ready: [], nextAt: nil))
        #expect(!board.isOver)
        #expect(words(&board) == ["fetch"])
    }

    @Test func `counts pages and good ends as achievements, and nothing else`() {
        let later = TaskStep.Outcome.later(.outage, at: noon)
        for (outcome, isAchievement) in [
            (.next(cursor: "2"), true), (.done(isWhole: false), true), (.gone, true), (later, false), (.again, false),
            (.failed(.outage), false),
        ] as [(TaskStep.Outcome, Bool)] {
            var board = board(tasks(1...1))
            _ = board.moves()
            board.finish(.books(1), TaskStep(.books(1), outcome))
            _ = board.moves()
            let steps = board.committed()
            #expect(steps.map(\.outcome.isAchievement) == [isAchievement])
        }
    }
}

extension WorkBoard.Move {
    /// The move in a few words.
    fileprivate var word: String {
        switch self {
        case .call(let task): "call \(task.id)"
        case .commit(let steps): "commit " + steps.map { "\($0.task.id)" }.joined(separator: " ")
        case .fetch(let excluding, let held, _):
            (["fetch"] + (held.isEmpty ? [] : ["holding"]) + held.sorted() + excluding.sorted().map { "\($0)" })
                .joined(separator: " ")
        case .wait(let time): "wait \(time)"
        }
    }
}
