import Foundation
import MaxCore
import Testing

struct ProblemTests {
    @Test func `is attributed only where it named no place itself`() throws {
        let plain = Problem("refused", .auth, "No.")
        #expect(plain.attributed(to: "token", on: .signIn).field == "token")
        let placed = Problem("refused", .auth, "No.", field: "user", rung: .identity)
        #expect(placed.attributed(to: "token", on: .signIn) == placed)
    }

    @Test func `comes back from JSON as it was`() throws {
        let link = try Problem.Fix.link(title: "Make one", url: #require(URL(string: "https://acme.test/keys")))
        let problem = Problem("refused", .auth, nil, field: "t", rung: .permissions, fix: link, retryAfter: 1.5)
        #expect(try JSON(encoding: problem).decode(Problem.self) == problem)
    }

    @Test(
        arguments: [(-5, 0), (.infinity, 3_155_760_000), (1e300, 3_155_760_000), (.nan, nil), (7, 7)]
            as [(Double, Double?)])
    func `asks for no wait that nobody can count with`(seconds: Double, wait: Double?) {
        #expect(Problem("limited", .retryable, nil, retryAfter: seconds).retryAfter == wait)
    }

    @Test func `orders rungs from the ground up`() {
        #expect(
            Rung.allCases.shuffled().sorted() == [
                .resolve, .connect, .tls, .answer, .signIn, .identity, .permissions, .record,
            ])
    }

    @Test func `reads an error as one paragraph`() {
        #expect("\(MaxError("a", "It broke.", fix: "Mend it."))" == "It broke. Mend it.")
        #expect("\(MaxError("a", "It broke."))" == "It broke.")
    }

    @Test func `maps the items of a page and keeps its places`() {
        let page = Page([1, 2], next: "n", total: 9, resume: "r").map(String.init)
        #expect(page.items == ["1", "2"])
        #expect([page.next, page.resume] == ["n", "r"])
        #expect(page.total == 9)
    }
}
