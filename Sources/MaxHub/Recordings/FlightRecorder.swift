package import Foundation
internal import MaxConnector
internal import MaxCore
internal import Synchronization

/// The one who notes what happens in a run or a setup, until it is stored with what is stored anyway.
///
/// Of what nobody has fetched only the newest is kept, however much happens.
package final class FlightRecorder: Sendable {
    /// How many events wait to be stored at most.
    private static let room = 512

    private struct Tape {
        var events: [RecordedEvent] = []
        var lost = 0
    }

    private let tape = Mutex(Tape())
    private let start: Date
    private let begun = ContinuousClock.now

    /// Creates a recorder whose time begins at `start` and goes on evenly, whatever becomes of the machine's clock.
    package init(since start: Date) { self.start = start }

    /// Notes an event, with what there is to be said of it.
    package func note(
        _ kind: RecordedEvent.Kind, _ subject: String? = nil, _ describe: (inout RecordedEvent) -> Void = { _ in }
    ) {
        var event = RecordedEvent(kind, subject, at: start + (ContinuousClock.now - begun) / .seconds(1))
        describe(&event)
        tape.withLock { tape in
            if tape.events.count >= Self.room {
                tape.events.removeFirst(Self.room / 4)
                tape.lost += Self.room / 4
            }
            tape.events.append(event)
        }
    }

    /// Takes what was noted since the last time.
    package func take() -> RecordedPart {
        let tape = tape.withLock { tape in
            defer { tape = Tape() }
            return tape
        }
        return RecordedPart(events: tape.events, lost: tape.lost)
    }
}

/// What a recorder noted in a while.
package struct RecordedPart: Sendable, Hashable {
    package let events: [RecordedEvent]
    /// How many events before them were let go of.
    package let lost: Int

    package init(events: [RecordedEvent] = [], lost: Int = 0) {
        self.events = events
        self.lost = lost
    }

    package var isEmpty: Bool { events.isEmpty && lost == 0 }
}

extension FlightRecorder {
    /// Notes how far a check climbed.
    package func note(_ ladder: Ladder) {
        for rung in ladder.rungs {
            note(.rung, rung.rung.rawValue) { event in
                event.outcome = rung.standing.rawValue
                event.milliseconds = rung.milliseconds
            }
        }
    }
}

extension RecordedEvent {
    /// Notes that it came to a problem.
    package mutating func fail(_ error: any Error) {
        switch error {
        case let problem as Problem: outcome = Self.name(problem.code)
        case let error as MaxError: outcome = Self.name(error.code.rawValue)
        case is PrivateAddressRefused: outcome = "private_address"
        case is NotModified: outcome = "not_modified"
        case is CancellationError: outcome = "cancelled"
        default: outcome = "failed"
        }
    }
}
