internal import Foundation
internal import MaxCore
internal import MaxHub
internal import MaxWire

extension Call {
    /// The page of a list that was asked for.
    ///
    /// A cursor names the last item of the page before.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `cursor_foreign` when no item has that name any more.
    func page<Item>(of items: [Item], by name: (Item) -> String) throws -> PageBody<Item> {
        var rest = items[...]
        if let last = try after {
            guard let place = items.firstIndex(where: { name($0) == last }) else { throw MaxError.cursorForeign }
            rest = items[(place + 1)...]
        }
        let page = rest.prefix(number(.limit))
        return PageBody(Array(page), next: page.count < rest.count ? page.last.map { Self.cursor(name($0)) } : nil)
    }

    /// The name that the cursor holds; nil on the first page.
    var after: String? {
        get throws {
            guard let text = self[.after] else { return nil }
            guard let bytes = Data(base64URL: text), let name = String(data: bytes, encoding: .utf8) else {
                throw MaxError.cursorForeign
            }
            return name
        }
    }

    /// The cursor of the page behind the item of that name.
    static func cursor(_ name: String) -> String { Data(name.utf8).base64URL }
}
