import Foundation
import MaxHub
import Testing

struct DueConnectionsTests {
    private func due(_ id: String, _ connector: String, _ age: Double) -> (ConnectionID, String, Date) {
        (ConnectionID(rawValue: id), connector, Date(timeIntervalSince1970: 1000 - age))
    }

    @Test func `takes those that wait longest first, and lets connectors take turns`() {
        var queue = DueConnections([
            due("a1", "acme", 1), due("a3", "acme", 3), due("a2", "acme", 2), due("b1", "bank", 1),
        ])
        #expect(queue.take(2).map(\.rawValue) == ["a3", "b1"])
        #expect(queue.take(9).map(\.rawValue) == ["a2", "a1"])
        #expect(queue.isEmpty)
        #expect(queue.take(1).isEmpty)
    }

    @Test func `one connector's thousand keeps no other waiting`() {
        let crowd = (1...1000).map { due("a\($0)", "acme", 1000 + Double($0)) }
        var queue = DueConnections(crowd + [due("b1", "bank", 1)])
        #expect(queue.take(2).map(\.rawValue).contains("b1"))
    }

    @Test func `takes nothing when nothing is asked for`() {
        var queue = DueConnections([due("a1", "acme", 1)])
        #expect(queue.take(0).isEmpty)
        #expect(queue.take(-3).isEmpty)
        #expect(!queue.isEmpty)
    }
}
