package import Foundation
package import MaxHub

/// What watches over the notices of a project: it looks when something was stored, and when time alone changes something.
///
/// What was told lies in the store, so that another keeper, beside it or after it, tells nothing twice.
package struct NoticeKeeper: Sendable {
    private let notices: any NoticeRows
    private let changes: any ChangeMark
    private let surroundings: Surroundings
    private let pace: Pace
    private let facts: @Sendable () async throws -> NoticeFacts
    private let tell: @Sendable ([Notice]) async -> Void

    /// Creates a keeper.
    ///
    /// - Parameters:
    ///   - facts: What notices are made of, as it is now.
    ///   - tell: Told of every notice that is new.
    package init(
        notices: any NoticeRows, changes: any ChangeMark, surroundings: Surroundings, pace: Pace = Pace(),
        facts: @escaping @Sendable () async throws -> NoticeFacts,
        tell: @escaping @Sendable ([Notice]) async -> Void = { _ in }
    ) {
        self.notices = notices
        self.changes = changes
        self.surroundings = surroundings
        self.pace = pace
        self.facts = facts
        self.tell = tell
    }

    /// Looks whenever it is worth it, until the task is cancelled.
    package func run() async {
        var memory = NoticeMemory()
        while !Task.isCancelled {
            let (mark, start) = (try? await changes.mark(), ContinuousClock.now)
            // A store that is busy or full is asked again with the next look.
            let next = try? await look(&memory)
            await wait(for: mark, until: next ?? nil, since: start)
        }
    }

    /// Looks once.
    ///
    /// - Returns: When time alone will change something; nil when it never will.
    package func look(_ memory: inout NoticeMemory) async throws -> Date? {
        // What is open is read first: what another keeper tells in the meantime is not taken for over.
        let open = try await notices.openNotices()
        let (facts, now) = (try await facts(), surroundings.now())
        let (raised, cleared) = NoticeRule.findings(facts, at: now).turn(from: open.keys)
        let turn = NoticeTurn(
            raised: memory.unknown(raised).map { NoticeTurn.Raised($0, as: NoticeID(in: surroundings)) },
            cleared: cleared)
        if !turn.isEmpty {
            let told = try await notices.turn(turn, at: now)
            memory.note(raised)
            if !told.isEmpty { await tell(told) }
        }
        return NoticeRule.nextChange(facts, after: now)
    }

    /// Waits until something was stored since a mark, a time has come, or it is time to look anyway.
    ///
    /// A look is followed by a rest many times as long, so that it never takes much of a core.
    private func wait(for mark: Int64?, until next: Date?, since start: ContinuousClock.Instant) async {
        var pause = max(pace.glance, start.duration(to: .now) * pace.rest)
        while !Task.isCancelled, start.duration(to: .now) < pace.look {
            try? await Task.sleep(for: pause)
            if let next, surroundings.now() >= next { return }
            guard let now = try? await changes.mark(), now == mark else { return }
            pause = pace.glance
        }
    }
}

extension NoticeKeeper {
    /// How often a keeper looks.
    package struct Pace: Sendable {
        /// How long to wait before seeing whether anything was stored.
        let glance: Duration
        /// When to look although nothing was: how full the disk is, and that a process died, is not stored.
        let look: Duration
        /// How many times as long as it took to look not to look again.
        let rest: Int

        package init(glance: Duration = .seconds(1), look: Duration = .seconds(60), rest: Int = 30) {
            (self.glance, self.look, self.rest) = (glance, look, rest)
        }
    }
}

/// What a keeper need not ask the store about again: what happened once and was told.
package struct NoticeMemory: Sendable {
    private var told: Set<NoticeKey> = []

    package init() {}

    func unknown(_ drafts: [NoticeDraft]) -> [NoticeDraft] { drafts.filter { !told.contains($0.key) } }

    mutating func note(_ drafts: [NoticeDraft]) {
        told.formUnion(drafts.lazy.filter(\.kind.isEvent).map(\.key))
    }
}
