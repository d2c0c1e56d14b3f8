import MaxTesting
import Testing

@Suite struct SyncEffortTests {
    private let first = SyncEffort(requests: 10, bytes: 1_000)

    @Test(arguments: [(10, 1_000, true), (1, 0, true), (11, 10, false), (1, 1_001, false)])
    func `a sync in which nothing changed costs no more than the first`(requests: Int, bytes: Int, isFine: Bool) {
        #expect(SyncEffort(requests: requests, bytes: bytes).isWithin(first.idle(withFeed: false)) == isFine)
    }

    @Test(arguments: [(10, 500, true), (10, 501, false), (3, 900, false), (11, 0, false)])
    func `with a feed at most half of what was sent comes again, in no more requests`(
        requests: Int, bytes: Int, isFine: Bool
    ) {
        #expect(SyncEffort(requests: requests, bytes: bytes).isWithin(first.idle(withFeed: true)) == isFine)
    }
}
