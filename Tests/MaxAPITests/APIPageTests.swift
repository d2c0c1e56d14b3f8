import Foundation
import Testing

@testable import MaxAPI

/// The page about the API tells of what there is.
struct APIPageTests {
    @Test func `every call is on the page, and the page tells of no other`() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../Documentation/API.md")
        let text = try String(contentsOf: page.standardizedFileURL, encoding: .utf8)
        let told = text.matches(of: /(?m)^\| `([A-Z]+ \/v1[^`]*)` \|/).map { String($0.1) }
        #expect(Set(told) == Set(RouteTable.routes.map { "\($0.method) \($0.path)" }))
        #expect(told.count == RouteTable.routes.count)
    }
}
