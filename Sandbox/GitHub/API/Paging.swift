import HTTPTypes
import Hummingbird

/// The part of a list a request asks for, by numbered pages.
struct Paging: Sendable {
    let page: Int
    let size: Int
    private let request: Request

    /// Reads `page`, 1 if absent, and `per_page`, 30 if absent and at most 100; what is no number counts as absent.
    init(_ request: Request) {
        self.request = request
        let number = { (name: Substring) in request.uri.queryParameters[name].flatMap { Int($0) } }
        page = max(number("page") ?? 1, 1)
        size = min(max(number("per_page") ?? 30, 1), 100)
    }

    /// The items of the page.
    func part<Item>(of items: [Item]) -> ArraySlice<Item> {
        let start = min((page - 1) * size, items.count)
        return items[start..<min(start + size, items.count)]
    }

    /// The `Link` header of a page of a list (RFC 8288); nil where there is only one page.
    func link(total: Int) -> String? {
        let last = max((total + size - 1) / size, 1)
        var links: [String] = []
        if page > 1 { links.append(link("prev", page - 1)) }
        if page < last { links += [link("next", page + 1), link("last", last)] }
        if page > 1 { links.append(link("first", 1)) }
        return links.isEmpty ? nil : links.joined(separator: ", ")
    }

    private func link(_ relation: String, _ page: Int) -> String {
        let query =
            request.uri.queryParameters.filter { $0.key != "page" }.map { "\($0.key)=\($0.value)" }
            + ["page=\(page)"]
        let origin = "http://" + (request.head.authority ?? "localhost")
        return "<\(origin)\(request.uri.path)?\(query.joined(separator: "&"))>; rel=\"\(relation)\""
    }
}
