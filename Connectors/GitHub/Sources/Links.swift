import Foundation
import MaxConnector

/// Where a list goes on, as the `Link` header of a page says (RFC 8288).
struct PageLinks: Sendable, Hashable {
    /// The query of the next page; nil on the last one.
    let next: String?
    /// The number of the last page, where pages have numbers.
    let last: Int?

    init(_ answer: UpstreamResponse) {
        self.init(header: answer.header("Link") ?? "")
    }

    /// Reads the header; what is no link in it counts for nothing.
    ///
    /// Of a link only its query is taken: where the list is, is known here and not for the answer to say.
    init(header: String) {
        var queries: [Substring: String] = [:]
        for link in header.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
            guard let end = link.firstIndex(of: ">"),
                let query = URLComponents(string: String(link[..<end]))?.percentEncodedQuery
            else { continue }
            for name in Self.relations(in: link[end...].dropFirst()) where queries[name] == nil {
                queries[name] = query
            }
        }
        next = queries["next"]
        last = queries["last"].flatMap(Self.number)
    }

    /// What a link is to its page, as its parameters say; nothing where they do not.
    private static func relations(in parameters: Substring) -> [Substring] {
        for parameter in parameters.split(separator: ";") {
            let sides = parameter.split(separator: "=", maxSplits: 1)
            guard sides.count == 2, sides[0].filter({ !$0.isWhitespace }) == "rel" else { continue }
            return sides[1].prefix { $0 != "," }.split { $0.isWhitespace || $0 == "\"" }
        }
        return []
    }

    /// The number of the page that comes next; nil where that is told in another way.
    var nextNumber: Int? {
        guard let next, !["after=", "before=", "cursor="].contains(where: next.contains) else { return nil }
        return Self.number(next)
    }

    private static func number(_ query: String) -> Int? {
        let items = URLComponents(string: "?\(query)")?.queryItems ?? []
        return items.last { $0.name == "page" }?.value.flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    }
}
