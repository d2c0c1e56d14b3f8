package import Hummingbird
internal import Synchronization

/// The memory of a credential that is refused now and then.
package final class Flaps: Sendable {
    private let spared: String
    private let asked = Mutex<Set<String>>([])

    /// Creates a memory without any request.
    ///
    /// - Parameter spared: The end of the path that is never refused: the one that tells whose the credential is.
    package init(sparing spared: String) { self.spared = spared }

    /// Whether a request is refused: the first for each address is.
    package func refuses(_ request: Request) -> Bool {
        guard !request.uri.path.hasSuffix(spared) else { return false }
        return asked.withLock { $0.insert("\(request.method) \(request.uri.string)").inserted }
    }
}
