/// One page of a list, as it is sent.
package struct PageBody<Item: Codable & Sendable>: Codable, Sendable {
    package let items: [Item]
    /// What to give as `after` for the next page; null on the last one.
    package let next: String?

    package init(_ items: [Item], next: String? = nil) {
        self.items = items
        self.next = next
    }

    private enum CodingKeys: String, CodingKey {
        case items
        case next
    }

    /// Encodes the page with its `next`, null or not.
    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(items, forKey: .items)
        try container.encode(next, forKey: .next)
    }
}
