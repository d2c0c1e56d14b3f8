import Synchronization

/// The lines of a log.
final class Journal: Sendable {
    private let noted = Mutex<[String]>([])

    var lines: [String] { noted.withLock(\.self) }

    var note: @Sendable (String) -> Void { { line in self.noted.withLock { $0.append(line) } } }
}
