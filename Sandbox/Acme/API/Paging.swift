import Hummingbird
import SandboxKit

/// The part of a list a request asks for.
struct Paging: Sendable {
    /// The most items in one answer.
    static let most = 200

    let limit: Int
    let cursor: String?

    /// Reads `limit`, 50 if absent and at most 200, and `cursor`.
    init(_ request: Request) throws(APIProblem) {
        cursor = request.uri.queryParameters["cursor"].map(String.init)
        guard let text = request.uri.queryParameters["limit"] else {
            limit = 50
            return
        }
        guard let number = Int(text), number > 0 else { throw .malformed("limit must be a whole number above 0.") }
        limit = min(number, Paging.most)
    }

    /// Finds the place after which to go on; nil for the list's beginning.
    func place(in list: ListCursor) throws(APIProblem) -> Int? {
        guard let cursor else { return nil }
        guard let place = list.place(cursor) else { throw .invalidCursor }
        return place
    }
}

/// The cursors of one list: the last place given out, bound to the list and the world.
struct ListCursor: Sendable {
    private let prefix: String

    init(_ kind: EntityKind, under parent: Int, in world: World) {
        prefix = "cur_\(world.tag)\(Hex.text(UInt64(parent), digits: 8))\(kind.rawValue.prefix(1))"
    }

    func text(after place: Int) -> String { prefix + Hex.text(UInt64(place), digits: 10) }

    func place(_ text: String) -> Int? {
        guard text.hasPrefix(prefix) else { return nil }
        return Hex.number(text.dropFirst(prefix.count), digits: 10).map { Int($0) }
    }
}

/// The cursors of a workspace's change feed: the last change seen.
struct FeedCursor: Sendable {
    private let prefix: String

    init(_ workspace: Int, in world: World) { prefix = "chg_\(world.tag)\(Hex.text(UInt64(workspace), digits: 8))" }

    func text(after sequence: Int) -> String { prefix + Hex.text(UInt64(sequence), digits: 10) }

    func sequence(_ text: some StringProtocol) -> Int? {
        guard text.hasPrefix(prefix) else { return nil }
        return Hex.number(text.dropFirst(prefix.count), digits: 10).map { Int($0) }
    }
}
