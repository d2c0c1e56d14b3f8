internal import Foundation
internal import GitHubSandbox

/// A Python program of the same purpose: dlt, from its declarative REST source into SQLite.
///
/// A Singer tap into `target-sqlite` stores about 2,000 issues in a second, dlt about 1,200.
struct GitHubPeer: Sendable {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    private let python: String

    /// Installs it where it is missing.
    init() async throws {
        python = try await PythonPackages(Self.folder.appending(path: "requirements.txt")).python
    }

    /// Stores the first repository's issues in a folder, and tells how long that took without the program's start.
    func store(issuesOf github: GitHubAddress, in folder: URL) async throws -> Duration {
        let program = Self.folder.appending(path: "store_issues.py").path
        let run = try await ProgramRun(
            python, [program, "\(github.url)/api/v3/", github.token, folder.path],
            environment: ["HOME": folder.path, "RUNTIME__DLTHUB_TELEMETRY": "false"])
        return try run.seconds
    }
}
