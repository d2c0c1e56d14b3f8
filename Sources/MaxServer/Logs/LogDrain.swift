internal import Dispatch
package import Foundation
internal import Synchronization

/// A way for lines to a file that may be slow, full or gone: nobody waits for it, and what it cannot take is left out.
package final class LogDrain: Sendable {
    private let file: FileHandle
    private let room: Int
    private let thread = DispatchQueue(label: "max.log")
    private let waiting = Mutex(0)

    /// Creates a way.
    ///
    /// - Parameter room: How many lines wait at most; those that come when there are so many are left out.
    package init(to file: FileHandle, room: Int = 4096) {
        self.file = file
        self.room = room
    }

    /// Takes a line, and writes it when those before it are written.
    package func take(_ line: String) {
        let isTaken = waiting.withLock { waiting in
            guard waiting < room else { return false }
            waiting += 1
            return true
        }
        guard isTaken else { return }
        thread.async {
            try? self.file.write(contentsOf: Data(line.utf8))
            self.waiting.withLock { $0 -= 1 }
        }
    }

    /// Returns when all is written, or after a while when it cannot be.
    package func settle(within patience: Duration = .seconds(1)) async {
        let end = ContinuousClock.now + patience
        while waiting.withLock({ $0 > 0 }), .now < end, (try? await Task.sleep(for: .milliseconds(2))) != nil {}
    }
}
