import Foundation
import MaxHub
import MaxStore
import Testing

/// Refusals of credentials, as both stores keep them.
struct AttemptTests {
    private let account = String(repeating: "a", count: 64)
    private let other = String(repeating: "b", count: 64)
    private let start = Date(timeIntervalSince1970: 1_700_000_000)

    private func span(_ seconds: Double) -> ClosedRange<Date> {
        let end = start.addingTimeInterval(seconds)
        return end.addingTimeInterval(-900)...end
    }

    @Test(arguments: Backend.allCases) func `keeps refusals of each account apart`(backend: Backend) async throws {
        try await backend.withStore { store in
            for second in [0.0, 10, 20] { try await store.noteRefusal(of: account, within: span(second)) }
            try await store.noteRefusal(of: other, within: span(20))
            let times = try await store.refusals(of: account, within: span(20))
            #expect(times.map { $0.timeIntervalSince(start).rounded() } == [0, 10, 20])
            try await store.forgetRefusals(of: account)
            #expect(try await store.refusals(of: account, within: span(20)).isEmpty)
            #expect(try await store.refusals(of: other, within: span(20)).count == 1)
        }
    }

    @Test(arguments: Backend.allCases)
    func `counts neither what is long ago nor what a clock put back makes the future`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.noteRefusal(of: account, within: span(0))
            #expect(try await store.refusals(of: account, within: span(899)).count == 1)
            #expect(try await store.refusals(of: account, within: span(901)).isEmpty)
            #expect(try await store.refusals(of: account, within: span(-5000)).isEmpty)
        }
    }

    @Test func `is there for whoever opens the store next`() async throws {
        try await withFolder { folder in
            do {
                let store = try SQLiteStore(folder: folder)
                try await store.noteRefusal(of: account, within: span(0))
            }
            let again = try SQLiteStore(folder: folder)
            #expect(try await again.refusals(of: account, within: span(1)).count == 1)
        }
    }
}
