import Synchronization

/// What a closure of a test client found.
final class Reply: Sendable {
    private let found = Mutex<(Int, [String])>((0, []))

    var value: (status: Int, failing: [String]) { found.withLock { ($0.0, $0.1) } }
    func set(_ status: Int, _ failing: [String]) { found.withLock { $0 = (status, failing) } }
}
