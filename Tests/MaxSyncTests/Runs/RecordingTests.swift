import Foundation
import MaxCore
import MaxHub
import MaxStore
import Testing

@testable import MaxSync

/// A run leaves a transcript of what it did.
struct RecordingTests {
    private func events(_ bench: Bench, _ run: Run) async throws -> [RecordedEvent] {
        try await bench.store.recording(of: run.id.rawValue)?.events ?? []
    }

    @Test func `tells of commits, of what is tried again and of what is given up`() async throws {
        try await Bench.with(Provider(shelves: 3, books: 2)) { bench in
            bench.provider.fail(always: "books s1", .problem(.outage))
            let run = try await bench.sync()
            let events = try await events(bench, run)
            #expect(events.contains { $0.kind == .commit && ($0.count ?? 0) > 0 })
            let retry = try #require(events.first { $0.kind == .retry })
            #expect(retry.subject == "Shelf.books" && retry.outcome == RecordedEvent.name(Problem.outage.code))
            #expect(events.contains { $0.kind == .failure && $0.subject == "Shelf.books" })
            #expect(events.map(\.at) == events.map(\.at).sorted())
        }
    }

    @Test func `is kept of a run that stored nothing`() async throws {
        try await Bench.with { bench in
            let asked = try await bench.service.request(bench.connection)
            let recorder = FlightRecorder(since: noon)
            recorder.note(.call, "me") { $0.status = 401 }
            let taken = try await bench.store.take(
                asked.id, as: WorkerID(rawValue: "w"), until: noon + 60, at: noon)
            _ = try? await RunWorker(taken: taken, service: bench.service, recorder: recorder).work()
            #expect(try await events(bench, asked).contains { $0.status == 401 })
        }
    }
}
