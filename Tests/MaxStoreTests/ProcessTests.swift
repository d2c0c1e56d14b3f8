internal import Foundation
internal import MaxCore
internal import MaxHub
internal import MaxStore
internal import Testing

/// Two stores on one folder share nothing but the files, as two processes do.
struct ProcessTests {
    @Test func `of two answers from two processes to each revision exactly one is taken`() async throws {
        try await withFolder { folder in
            let stores = [try SQLiteStore(folder: folder), try SQLiteStore(folder: folder)]
            try await stores[0].insert(.sample())
            for revision in 0..<15 {
                var session = SetupSession.sample()
                session.revision = revision + 1
                let answer = session
                let refusals = await withTaskGroup(of: MaxError.Code?.self) { group in
                    for store in stores {
                        group.addTask { await refusal { try await store.save(answer, secrets: [], dropping: []) } }
                    }
                    return await group.reduce(into: [MaxError.Code?]()) { $0.append($1) }
                }
                #expect(refusals.compactMap(\.self) == [.revisionStale])
            }
            #expect(try await stores[1].session(SetupSession.sample().id)?.revision == 15)
        }
    }

    @Test func `what one process stored the other one reads at once`() async throws {
        try await withFolder { folder in
            let (one, other) = (try SQLiteStore(folder: folder), try SQLiteStore(folder: folder))
            #expect(try await other.connections().isEmpty)
            try await one.connect(.sample())
            #expect(try await other.connections() == [.sample()])
        }
    }

    @Test func `exclusive work of two processes never overlaps`() async throws {
        try await withFolder { folder in
            let stores = [try SQLiteStore(folder: folder), try SQLiteStore(folder: folder)]
            let journal = Journal()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, store) in (stores + stores).enumerated() {
                    group.addTask {
                        try await store.exclusively("token") {
                            journal.note("in \(number)")
                            for _ in 0..<20 { await Task.yield() }
                            journal.note("out \(number)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(journal.all.count == 8)
            #expect(journal.isWithoutOverlap)
        }
    }
}
