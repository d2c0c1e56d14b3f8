internal import Foundation
internal import MaxCore
package import MaxHub

/// The worker of a server: it asks for the runs that are due, carries out those that are asked for, and takes over those
/// that nobody works on any more.
///
/// Those asked for first come first; of those that are due only a few are asked for at a time, so that nobody who asks
/// waits behind a thousand. Of a connection there is never more than one.
package struct RunKeeper: Sendable {
    private let sync: SyncService
    private let width: Int
    private let pause: Duration
    private let tell: @Sendable (Run) async -> Void
    private let signals: AsyncStream<Signal>
    private let signal: AsyncStream<Signal>.Continuation

    /// What makes the keeper look.
    private enum Signal: Sendable {
        case look
        /// A run is over, or could not be begun.
        case left(RunID, begun: Bool)
    }

    /// How long a run that could not be begun is left alone, in seconds.
    private static let reprieve: TimeInterval = 30
    /// How many runs are looked at.
    private static let sight = 200

    /// Creates a keeper; ``run()`` may be called once.
    ///
    /// - Parameters:
    ///   - width: How many runs are carried out at once.
    ///   - pause: How long to wait until the next look when nobody asks for one.
    ///   - tell: Told of every run that ended here.
    package init(
        _ sync: SyncService, atOnce width: Int = 4, pause: Duration = .milliseconds(500),
        tell: @escaping @Sendable (Run) async -> Void = { _ in }
    ) {
        self.sync = sync
        self.width = width
        self.pause = pause
        self.tell = tell
        (signals, signal) = AsyncStream.makeStream()
    }

    /// Has the keeper look at once: a run was asked for.
    package func wake() { signal.yield(.look) }

    /// Carries out runs until the task is cancelled.
    ///
    /// Then each ends at a safe point, with what came stored, and is asked for anew: the next server goes on with it.
    package func run() async {
        await withDiscardingTaskGroup { group in
            group.addTask { await remind() }
            var board = KeeperBoard(width: width)
            var due = DueRuns()
            for await signal in signals {
                if case .left(let id, let begun) = signal {
                    board.leave(id, until: begun ? nil : sync.surroundings.now() + Self.reprieve)
                }
                for run in await choose(&board, &due) {
                    group.addTask(executorPreference: PatientThreads.shared) { await carryOut(run) }
                }
            }
        }
    }

    private func remind() async {
        while !Task.isCancelled {
            signal.yield(.look)
            try? await Task.sleep(for: pause)
        }
    }

    private func choose(_ board: inout KeeperBoard, _ due: inout DueRuns) async -> [Run] {
        // What is asked for waits until the disk has room, and is begun then.
        guard board.hasRoom, !sync.surroundings.headroom().isExhausted,
            var open = try? await sync.runs.openRuns(limit: Self.sight)
        else { return [] }
        if await due.request(atMost: 2 * width - open.count, from: sync) {
            open = (try? await sync.runs.openRuns(limit: Self.sight)) ?? open
        }
        return board.choose(from: open, at: sync.surroundings.now())
    }

    private func carryOut(_ run: Run) async {
        do {
            let ended = try await sync.perform(run.id)
            let wasLeft = Task.isCancelled && ended.state == .cancelled && !ended.isCancelRequested
            if wasLeft || ended.wasStoppedForRoom { await askAnew(run) }
            await tell(ended)
            signal.yield(.left(run.id, begun: true))
        } catch {
            // Another process took it, its connection is gone or paused, or the store cannot write.
            signal.yield(.left(run.id, begun: false))
        }
    }

    private func askAnew(_ run: Run) async {
        let request = RequestedRun(
            id: RunID(in: sync.surroundings), connection: run.connection, scope: run.scope,
            requestedAt: sync.surroundings.now())
        _ = try? await sync.runs.request(request)
    }
}

extension Run {
    /// Whether it ended because the disk had no more room, so that it goes on as soon as there is.
    fileprivate var wasStoppedForRoom: Bool { ending?.problem?.code == MaxError.Code.diskLow.rawValue }
}

/// What a keeper has under way, and what it leaves alone for a while.
struct KeeperBoard {
    let width: Int
    private var busy: Set<RunID> = []
    private var spared: [RunID: Date] = [:]

    init(width: Int) { self.width = width }

    /// Whether another run can be begun.
    var hasRoom: Bool { busy.count < width }

    /// The runs to begin: nobody works on them, and those asked for first come first.
    mutating func choose(from open: [Run], at time: Date) -> [Run] {
        spared = spared.filter { $0.value > time }
        let ready = open.filter { run in
            (run.state == .requested || run.isStalled) && !busy.contains(run.id) && spared[run.id] == nil
        }
        let begun = open.filter { busy.contains($0.id) || $0.state == .running && !$0.isStalled }.map(\.connection)
        var taken = Set(begun)
        let chosen = ready.filter { taken.insert($0.connection).inserted }.prefix(width - busy.count)
        busy.formUnion(chosen.map(\.id))
        return Array(chosen)
    }

    /// Notes that a run is not under way here any more.
    mutating func leave(_ id: RunID, until time: Date?) {
        busy.remove(id)
        spared[id] = time
    }
}
