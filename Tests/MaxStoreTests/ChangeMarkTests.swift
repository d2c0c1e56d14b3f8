internal import Foundation
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

struct ChangeMarkTests {
    @Test func `stays while nothing is stored, and differs after each commit of this process and of others`()
        async throws
    {
        try await RunBench.with { bench in
            let other = try bench.otherProcess()
            var marks: [Int64] = [try await bench.store.mark()]
            #expect(try await bench.store.mark() == marks[0])
            for store in [bench.store, other, bench.store] {
                try await store.rename(.one, label: "Label \(marks.count)", slug: nil)
                marks.append(try await bench.store.mark())
                #expect(try await bench.store.mark() == marks.last)
            }
            #expect(Set(marks).count == marks.count)
        }
    }
}
