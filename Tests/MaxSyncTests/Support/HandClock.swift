import Foundation
import MaxHub
import Synchronization

/// A clock that moves only when somebody waits: a wait takes no time, and is over at once.
///
/// A heartbeat is the exception: it waits until ``beat()``.
final class HandClock: Sendable {
    private let state = Mutex((now: noon, words: 0, beats: [AsyncStream<Void>.Continuation]()))
    private let room = Mutex(DiskHeadroom.ample)

    /// Leaves so much room on the disk.
    func leave(_ headroom: DiskHeadroom) { room.withLock { $0 = headroom } }

    var now: Date { state.withLock { $0.now } }
    func advance(by time: TimeInterval) { state.withLock { $0.now += time } }

    /// Moves on to a time, unless that is past.
    func reach(_ time: Date) { state.withLock { $0.now = max($0.now, time) } }

    var surroundings: Surroundings {
        Surroundings(
            now: { self.now },
            word: {
                self.state.withLock {
                    $0.words += 1
                    return "w\($0.words)"
                }
            }, headroom: { self.room.withLock { $0 } })
    }

    /// Waits as the engine does.
    func sleep(_ length: Duration, heartbeat: TimeInterval) async throws {
        guard length == .seconds(heartbeat) else {
            try Task.checkCancellation()
            return advance(by: Double(length.components.seconds) + Double(length.components.attoseconds) * 1e-18)
        }
        let (stream, continuation) = AsyncStream<Void>.makeStream()
        state.withLock { $0.beats.append(continuation) }
        for await _ in stream { return }
        throw CancellationError()
    }

    /// Lets every heartbeat that waits beat; returns how many there were.
    @discardableResult
    func beat() -> Int {
        let waiting = state.withLock { state in
            defer { state.beats = [] }
            return state.beats
        }
        for continuation in waiting { continuation.yield() }
        return waiting.count
    }
}
