import Testing

@testable import GitHubConnector

struct LinkTests {
    @Test func `finds the next page and the number of the last`() {
        let links = PageLinks(
            header: """
                <https://api.github.com/repositories/1000/issues?per_page=3&page=3>; rel="next", \
                <https://api.github.com/repositories/1000/issues?per_page=3&page=5>; rel="last"
                """)
        #expect(links.next == "per_page=3&page=3")
        #expect(links.nextNumber == 3)
        #expect(links.last == 5)
    }
}
