import Foundation
import MaxConnector
import MaxCore

/// The part of a long list that is read at once, as it stands in a cursor.
enum PageSpan: Sendable, Hashable {
    /// The pages from a number on, of a list whose last page had a number when it was told.
    case numbered(from: Int, last: Int)
    /// The one page with that query.
    case single(query: String)

    /// How many pages are asked for at once: enough to keep a slow line busy, far below the hundred that GitHub allows.
    static let width = 4

    init(_ cursor: String) {
        let numbers = cursor.split(separator: "…").compactMap { Int($0) }
        let isSpan = numbers.count == 2 && numbers[0] > 0 && numbers[0] <= numbers[1]
        self = isSpan ? .numbered(from: numbers[0], last: numbers[1]) : .single(query: cursor)
    }

    /// Where a list goes on after a page.
    init?(after links: PageLinks) {
        if let number = links.nextNumber, let last = links.last, last >= number {
            self = .numbered(from: number, last: last)
        } else if let query = links.next {
            self = .single(query: query)
        } else {
            return nil
        }
    }

    var cursor: String {
        switch self {
        case .numbered(let from, let last): "\(from)…\(last)"
        case .single(let query): query
        }
    }

    /// The queries of its pages, the first page's query given.
    func queries(_ first: String) -> [String] {
        switch self {
        case .single(let query): [query]
        case .numbered(let from, let last):
            (from...(from + min(last - from, Self.width - 1))).map { "\(first)&page=\($0)" }
        }
    }
}

extension GitHubClient {
    /// The next pages of a long list: the first by itself, and once it is known how many there are, several at once.
    ///
    /// A list that is not there because its repository does without is empty: GitHub answers 410 where issues are turned off.
    func pages<Item: Decodable & Sendable>(
        _ operation: UpstreamOperation, _ path: String, _ first: String, from cursor: String?,
        _ record: @escaping @Sendable (Item) -> Record
    ) async throws -> Page<Record> {
        let queries = cursor.map { PageSpan($0).queries(first) } ?? [first]
        let pages = try await withThrowingTaskGroup(of: (Int, [Record], PageLinks).self) { group in
            for (place, query) in queries.enumerated() {
                group.addTask {
                    let answer = try await upstream.send(get(path, query).accepting(410), as: operation)
                    guard answer.status != 410 else { return (place, [], PageLinks(header: "")) }
                    return (place, try answer.decoded([Item].self).map(record), PageLinks(answer))
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }.sorted { $0.0 < $1.0 }
        }
        let next = pages.last.flatMap { PageSpan(after: $0.2) }
        return Page(pages.flatMap { $0.1 }, next: next?.cursor)
    }
}
