import Foundation
import MaxCore
import MaxHub
import Testing

struct SyncIntervalTests {
    @Test(arguments: [("5m", 300.0), ("30m", 1800), ("2h", 7200), ("1d", 86400), ("1w", 604_800), ("31d", 2_678_400)])
    func `reads a number with its unit`(text: String, seconds: Double) throws {
        #expect(try SyncInterval.read(text) == seconds)
    }

    @Test(arguments: ["", "h", "2", "2x", "-2h", "0h", "4m", "32d", "99999999h", "2 h", "2h3m", "١h", "1e3m"])
    func `refuses what is no time between two syncs`(text: String) {
        let error = #expect(throws: MaxError.self) { try SyncInterval.read(text) }
        #expect(error?.code == .intervalInvalid)
        #expect(error?.fix != nil)
    }

    @Test(arguments: [
        (300.0, "every 5 minutes"), (3600, "every hour"), (5400, "every 90 minutes"), (86400, "every day"),
        (172_800, "every 2 days"), (604_800, "every week"),
    ])
    func `says how often`(seconds: Double, words: String) { #expect(SyncInterval.words(seconds) == words) }
}
