import Testing

@testable import GitHubConnector

struct LinkTests {
    private let issues = "https://api.github.com/repositories/1000/issues"

    @Test func `finds the next page and the number of the last`() {
        let links = PageLinks(
            header: "<\(issues)?per_page=3&page=3>; rel=\"next\", <\(issues)?per_page=3&page=5>; rel=\"last\"")
        #expect(links.next == "per_page=3&page=3")
        #expect(links.nextNumber == 3)
        #expect(links.last == 5)
    }

    @Test func `knows the last page by what it does not say`() {
        let links = PageLinks(header: "<\(issues)?page=4>; rel=\"prev\", <\(issues)?page=1>; rel=\"first\"")
        #expect(links.next == nil)
        #expect(PageSpan(after: links) == nil)
    }

    @Test(arguments: [
        "<https://h/x?page=2>;rel=next", "<https://h/x?page=2> ; rel=\"next last\"",
        "<https://h/x?a=,;&page=2>; title=\"a, b\"; rel=\"next\"", "<https://evil.test/other?page=2>; rel=\"next\"",
    ])
    func `reads what RFC 8288 allows, and takes of a link its query alone`(header: String) {
        let links = PageLinks(header: header)
        #expect(links.nextNumber == 2)
        #expect(links.next?.contains("evil") == false)
    }

    @Test(arguments: ["", "<>", "next", "<https://h/x?page=2>", "<https://h/x?page=2>; rel=\"up\"", ";;;,,,<<<>>>"])
    func `takes what is no link for none`(header: String) {
        #expect(PageLinks(header: header).next == nil)
    }

    @Test func `reads several numbered pages at once, and no further than the last`() throws {
        let span = try #require(
            PageSpan(after: PageLinks(header: "<\(issues)?page=2>; rel=\"next\", <\(issues)?page=50>; rel=\"last\"")))
        #expect(span == .numbered(from: 2, last: 50))
        #expect(PageSpan(span.cursor) == span)
        #expect(span.queries("q").count == PageSpan.width)
        #expect(PageSpan.numbered(from: 49, last: 50).queries("q") == ["q&page=49", "q&page=50"])
    }

    @Test func `follows a list whose pages have no numbers, one by one`() throws {
        let links = PageLinks(header: "<\(issues)?per_page=100&after=Y3Vyc29yOnYy&page=2>; rel=\"next\"")
        #expect(links.nextNumber == nil)
        let span = try #require(PageSpan(after: links))
        #expect(span == .single(query: "per_page=100&after=Y3Vyc29yOnYy&page=2"))
        #expect(PageSpan(span.cursor) == span)
    }
}
