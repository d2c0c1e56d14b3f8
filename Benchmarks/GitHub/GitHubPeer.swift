internal import Foundation
internal import GitHubSandbox

/// A Python program of the same purpose: dlt, from its declarative REST source into SQLite.
///
/// It runs where a `python3` on the path has `dlt[sqlalchemy]`. A Singer tap into `target-sqlite` stores about 2,000
/// issues in a second, dlt about 1,200.
struct GitHubPeer: Sendable {
    private static let program = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "store_issues.py")
        .path
    private let github: GitHubAddress

    init(_ github: GitHubAddress) { self.github = github }

    /// Stores the first repository's issues in a folder, and tells how long that took without the program's start.
    func store(in folder: URL) async throws -> Duration {
        let run = try await ProgramRun(
            "python3", [Self.program, "\(github.url)/api/v3/", github.token, folder.path],
            environment: ["HOME": folder.path, "RUNTIME__DLTHUB_TELEMETRY": "false"])
        guard let seconds = run.output.split(separator: "\n").last.flatMap({ Double($0) }) else {
            throw URLError(.cannotParseResponse)
        }
        return .seconds(seconds)
    }
}
