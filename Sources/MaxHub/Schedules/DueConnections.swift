package import Foundation

/// The connections whose sync is due, in the order in which their turn comes.
///
/// Those that wait longest come first, and connectors take turns: one with a thousand accounts keeps no other waiting.
package struct DueConnections: Sendable {
    private var queue: [ConnectionID]

    /// None.
    package init() { queue = [] }

    /// Those that are due by then.
    package init(_ due: [(connection: ConnectionID, connector: String, at: Date)]) {
        let lanes = Dictionary(grouping: due.sorted { $0.at < $1.at }, by: \.connector).values
        let turns = lanes.flatMap { lane in lane.enumerated().map { (turn: $0.offset, due: $0.element) } }
        queue = turns.sorted { ($0.turn, $0.due.at) > ($1.turn, $1.due.at) }.map(\.due.connection)
    }

    package var isEmpty: Bool { queue.isEmpty }

    /// Takes the next ones.
    package mutating func take(_ count: Int) -> [ConnectionID] {
        let taken = queue.suffix(max(0, count)).reversed()
        queue.removeLast(taken.count)
        return Array(taken)
    }
}
