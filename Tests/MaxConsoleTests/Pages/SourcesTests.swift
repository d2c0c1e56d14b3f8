import Foundation
import MaxCore
import MaxEngines
import MaxHub
import Testing

@testable import MaxConsole

/// The list of accounts.
@Suite struct SourcesTests {
    private let all = (1...95).map { Scenes.card(Scenes.connection("\($0)", label: "person \($0)@shop.test")) }

    private func extract(_ query: String = "", page: Int = 1) -> SourcesExtract {
        SourcesExtract(of: all, query: query, number: page, SourceBook([Scenes.shop]))
    }

    @Test(arguments: [(1, "1–40"), (2, "41–80"), (3, "81–95"), (99, "81–95"), (0, "1–40"), (-5, "1–40")])
    func `shows forty accounts a page, and never a page that is not there`(page: Int, place: String) {
        #expect(extract(page: page).pager?.place == "\(place) of 95")
    }

    @Test func `leads to the pages before and after`() {
        #expect(extract().pager?.earlier == nil)
        #expect(extract(page: 2).pager?.earlier == "/?page=1")
        #expect(extract(page: 2).pager?.later == "/?page=3")
        #expect(extract(page: 3).pager?.later == nil)
    }

    @Test func `finds accounts by name, short name and provider`() {
        #expect(extract("PERSON 95@").shown.map(\.connection.slug) == ["shop-95"])
        #expect(extract("shop-17").shown.map(\.connection.slug) == ["shop-17"])
        #expect(extract("Shop").found == 95)
        #expect(extract("nobody").shown.isEmpty)
    }

    @Test func `says how it is with a dot, a word and the exact time`() {
        let badge = BadgePart("Active · 155 records · synced now", .good)
        #expect((badge.head, badge.tail) == ("Active", " · 155 records · synced now"))
        #expect((BadgePart("Paused", .idle).head, BadgePart("Paused", .idle).tail) == ("Paused", ""))
        let time = TimePart(Scenes.now.addingTimeInterval(-125), now: Scenes.now)
        #expect(time.words == "2 minutes ago")
        #expect(time.moment == "2026-05-28 20:24 UTC")
        #expect(time.stamp == "2026-05-28T20:24:35Z")
    }

    @Test func `reads out the stage of a sync, but not every count`() {
        func scene(_ records: Int, over: Bool) -> SyncPart {
            var people = RunProgress.Stage(way: "people", title: "Collecting people", entity: "Person")
            var tasks = RunProgress.Stage(way: "tasks", title: "Collecting tasks", entity: "Task")
            (people.known, people.over, people.records) = (4, over ? 4 : 1, records)
            tasks.known = over ? 1 : 0
            let counts = ["Person": RunProgress.Count(added: records)]
            return Scenes.sync(RunProgress(stages: [people, tasks], counts: counts))
        }
        #expect(scene(10, over: false).headline != scene(20, over: false).headline)
        #expect(scene(10, over: false).news == scene(20, over: false).news)
        #expect(scene(20, over: false).news == "Collecting people")
        #expect(scene(20, over: true).news == "Collecting tasks")
    }
}
