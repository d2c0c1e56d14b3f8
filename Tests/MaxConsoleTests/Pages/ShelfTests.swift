import Foundation
import NIOCore
import Testing

@testable import MaxConsole

/// Pages that are made once for everybody who asks for the same.
@Suite struct ShelfTests {
    private let shelf = PageShelf()
    private let label = PageShelf.Label(address: "/", csrf: "a")

    private func page(
        _ label: PageShelf.Label, _ text: String, mark: Int64 = 1, after seconds: Double = 0
    ) async -> String {
        let page = await shelf.page(label, mark: mark, now: Scenes.now.addingTimeInterval(seconds)) {
            ByteBuffer(string: text)
        }
        return String(buffer: page)
    }

    @Test func `keeps a page while nothing is written`() async {
        #expect(await page(label, "first") == "first")
        #expect(await page(label, "second", after: 0.9) == "first")
    }

    @Test func `makes a page anew once something was written`() async {
        #expect(await page(label, "first") == "first")
        #expect(await page(label, "second", mark: 2) == "second")
        #expect(await page(label, "third", mark: 1) == "third")
    }

    @Test func `makes a page anew when it is too old, also after the clock was set back`() async {
        #expect(await page(label, "first") == "first")
        #expect(await page(label, "second", after: 1.5) == "second")
        #expect(await page(label, "third", after: -60) == "third")
    }

    @Test func `never shows the page of one session to another`() async {
        #expect(await page(label, "first") == "first")
        #expect(await page(PageShelf.Label(address: "/", csrf: "b"), "second") == "second")
        #expect(await page(PageShelf.Label(address: "/?q=x", csrf: "a"), "third") == "third")
    }

    @Test func `lets others go on with an old page while it is made anew`() async {
        _ = await page(label, "first")
        let anew = await shelf.page(label, mark: 1, now: Scenes.now.addingTimeInterval(2)) {
            ByteBuffer(string: await page(label, "never made", after: 2) + " and second")
        }
        #expect(String(buffer: anew) == "first and second")
    }

    @Test func `keeps a few pages only`() async {
        for number in 0..<40 {
            let label = PageShelf.Label(address: "/?page=\(number)", csrf: "a")
            #expect(await page(label, "\(number)", after: Double(number) / 100) == "\(number)")
        }
        #expect(await page(PageShelf.Label(address: "/?page=0", csrf: "a"), "anew", after: 0.4) == "anew")
        #expect(await page(PageShelf.Label(address: "/?page=39", csrf: "a"), "anew", after: 0.4) == "39")
    }
}
