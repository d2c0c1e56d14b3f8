import Testing

@testable import MaxSync

struct PageWatchTests {
    /// Follows a list of cursors and returns how many pages were let pass before it was stopped; nil when it never was.
    private func pagesBeforeStop(_ cursors: some Sequence<String>, news: (Int) -> Int = { _ in 1 }) -> Int? {
        var watch = PageWatch()
        var cursor: String?
        for (page, next) in cursors.enumerated() {
            if !watch.admits(cursor: cursor, next: next, stalePages: 1000) { return page }
            watch.note(news: news(page))
            cursor = next
        }
        return nil
    }

    @Test func `stops at a page that leads to itself`() {
        #expect(pagesBeforeStop(["a", "a"]) == 1)
    }

    @Test(arguments: 1...40, [0, 1, 7, 30])
    func `stops in a circle of any length, wherever it begins`(length: Int, before: Int) throws {
        let path = (0..<before).map { "p\($0)" } + (0..<1000).map { "c\($0 % length)" }
        let pages = try #require(pagesBeforeStop(path))
        #expect(pages >= length && pages <= 4 * (length + before))
    }

    @Test func `lets a long list pass that never comes back`() {
        #expect(pagesBeforeStop((0..<10_000).map(String.init)) == nil)
    }

    @Test func `stops after a thousand pages without news`() {
        #expect(pagesBeforeStop((0..<2000).map(String.init)) { _ in 0 } == 1000)
    }

    @Test func `lets a list pass that has something new on every thousandth page`() {
        #expect(pagesBeforeStop((0..<10_000).map(String.init)) { $0 % 1000 == 999 ? 1 : 0 } == nil)
    }
}
