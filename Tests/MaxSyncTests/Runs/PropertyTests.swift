import Foundation
import MaxCore
import MaxHub
import Synchronization
import Testing

@testable import MaxSync

/// Whatever happens to the process and the provider: nothing is lost, nothing doubled, and no place is ahead of its data.
struct PropertyTests {
    @Test(arguments: 0..<20)
    func `ends with what the provider has, however often the process dies`(block: Int) async throws {
        for seed in 0..<12 { try await live(Dice(UInt64(block * 1000 + seed))) }
    }

    /// Lives through a few syncs that are killed or stopped at random, of a provider that changes and fails meanwhile.
    private func live(_ start: Dice) async throws {
        var dice = start
        let feed = dice.pick([nil, nil, ["Book"], ["Book", "Note"], ["Note"]] as [Set<String>?])
        let provider = Provider(shelves: 1 + dice.below(3), books: dice.below(8), notes: dice.below(3))
        provider.setPageSize(1 + dice.below(4))
        provider.setTags(dice.below(2) == 0)
        var limits = SyncLimits()
        limits.concurrency = 1 + dice.below(4)
        try await Bench.with(provider, ShelfShape(feed: feed, hasDetails: dice.below(2) == 0), limits: limits) {
            bench in
            var hasForgotten = false
            for _ in 0..<(2 + dice.below(4)) {
                bench.rows.revive()
                provider.mend()
                if dice.below(4) == 0 {
                    provider.forgetPlaces()
                    hasForgotten = feed != nil
                }
                try await suffer(bench, &dice)
                for _ in 0..<dice.below(5) { provider.disturb(&dice) }
                // What was stored is something the provider once said, and its places are not ahead: an undisturbed
                // sync and the end of what it left bring everything.
            }
            bench.rows.revive()
            provider.mend()
            provider.onCall(nil)
            for _ in 0..<2 { #expect(try await bench.sync().state == .complete, "seed \(start)") }
            // Deletions of which nobody tells, because the provider forgot the place, are found by a whole reading.
            try await bench.expectTruth("seed \(start)", withoutSurplus: !hasForgotten)
            if hasForgotten { try await bench.sync(.everything) }
            try await bench.expectTruth("seed \(start)")
        }
    }

    /// Collects once, under a random misfortune.
    private func suffer(_ bench: Bench, _ dice: inout Dice) async throws {
        for _ in 0..<dice.below(3) {
            let shelf = dice.pick(bench.provider.shelfIDs)
            bench.provider.fail(dice.pick(["books \(shelf)", "changes \(shelf)"]), .problem(.outage))
        }
        let disturbance = Mutex(dice)
        let isDisturbed = dice.below(2) == 0
        bench.provider.onCall { [provider = bench.provider] _ in
            guard isDisturbed else { return }
            disturbance.withLock { if $0.below(6) == 0 { provider.disturb(&$0) } }
        }
        let mode: RunScope.Mode = dice.below(6) == 0 ? .everything : .changes
        switch dice.below(5) {
        case 0: bench.rows.die(atWrite: 1 + dice.below(40), isAfter: dice.below(2) == 0)
        case 1: bench.rows.die(atWrite: 1 + dice.below(6), isAfter: dice.below(2) == 0)
        case 2: bench.rows.cancel(bench.service, afterCommit: dice.below(25))
        case 3: return await bench.sync(mode, cancelledAfterCommit: dice.below(25))
        default: break
        }
        _ = try? await bench.sync(mode)
        bench.rows.onCommit(nil)
    }
}

extension WatchedRuns {
    /// Asks the run under way to stop after so many commits.
    fileprivate func cancel(_ service: SyncService, afterCommit count: Int) {
        let left = Mutex(count)
        onCommit { steps in
            let isNow = left.withLock { left in
                left -= 1
                return left == 0
            }
            guard isNow else { return }
            for run in try await service.runs() where run.state == .running { _ = try await service.cancel(run.id) }
        }
    }
}

extension Bench {
    /// Collects in a task that is cancelled after so many commits.
    fileprivate func sync(_ mode: RunScope.Mode, cancelledAfterCommit count: Int) async {
        let (commits, continuation) = AsyncStream<Void>.makeStream()
        rows.onCommit { _ in continuation.yield() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                _ = try? await sync(mode)
                continuation.finish()
            }
            var left = count
            for await _ in commits {
                left -= 1
                if left < 0 { break }
            }
            group.cancelAll()
        }
        rows.onCommit(nil)
    }
}

extension Provider {
    /// Adds, edits or deletes something.
    fileprivate func disturb(_ dice: inout Dice) {
        let (books, notes) = (bookIDs, noteIDs)
        switch dice.below(5) {
        case 0: addBook("x\(dice.below(1000))", on: dice.pick(shelfIDs))
        case 1 where !books.isEmpty: editBook(dice.pick(books), title: "Title \(dice.below(1000))")
        case 2 where !books.isEmpty: deleteBook(dice.pick(books))
        case 3 where !books.isEmpty: addNote("n\(dice.below(1000))", to: dice.pick(books))
        case 4 where !notes.isEmpty: deleteNote(dice.pick(notes))
        default: break
        }
    }
}

/// Numbers that a seed decides (SplitMix64).
struct Dice: Sendable, CustomStringConvertible {
    private var state: UInt64
    let description: String

    init(_ seed: UInt64) { (state, description) = (seed, "\(seed)") }

    /// A number from 0 up to below `limit`.
    mutating func below(_ limit: Int) -> Int {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return Int((mixed ^ (mixed >> 31)) % UInt64(max(1, limit)))
    }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }
}
