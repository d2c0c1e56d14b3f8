package import Foundation

/// The places of those who sync a project's connections when it is time and serve nobody; there may be several.
///
/// It is a locked file, as ``ServerSeat`` is.
package struct WatchSeat: Sendable {
    private let file: LockFile

    /// The places in a project's folder `.max`, which exists.
    package init(folder: URL) { file = StoreFolder(folder).lock("watch") }

    /// Runs `work` while a place is taken.
    package func holding<Result: Sendable>(_ work: () async throws -> Result) async throws -> Result {
        let handle = try file.opened()
        defer { handle.close() }
        var pause = LockPause()
        // Who looks whether a place is taken has them all for an instant.
        while try !handle.claim(shared: true) { try await Task.sleep(for: pause.next()) }
        return try await work()
    }

    /// Whether somebody has a place.
    package func isTaken() throws -> Bool {
        guard FileManager.default.fileExists(atPath: file.path) else { return false }
        let handle = try file.opened()
        defer { handle.close() }
        return try !handle.claim()
    }
}
