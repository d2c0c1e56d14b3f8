internal import Foundation
internal import GitHubSandbox

extension Benchmark {
    private static let issues = 5_000

    /// One repository of 5,000 issues at the double of GitHub, collected by the built program from the start of its
    /// process to its end.
    static let collectingFromGitHub = [
        Benchmark("first sync of 5,000 issues", beside: "their pages read alone", target: .pace(10_000)) {
            try await firstSyncs { github, _ in try await GitHubPages(github).read() }
        },
        Benchmark("the same", beside: "dlt into SQLite", target: .rate(5)) {
            try await firstSyncs { github, folder in try await GitHubPeer(github).store(in: folder) }
        },
        Benchmark("GitHub with nothing changed", beside: "max ls", target: .median(.milliseconds(100)), requests: 3) {
            try await idleSyncs()
        },
    ]

    /// Takes five rounds, each with a new project.
    private static func firstSyncs(
        beside other: @Sendable (GitHubAddress, URL) async throws -> Duration
    ) async throws -> Measurement {
        try await serving { github in
            var measurement = Measurement(of: issues)
            for round in 0...5 {
                let (reference, sync) = try await withScratchFolder { folder in
                    let project = try await GitHubProject(folder, of: github)
                    return (try await other(github, folder), try await project.sync())
                }
                if round > 0 { measurement.add(work: sync.time, reference: reference) }
            }
            return measurement
        }
    }

    private static func idleSyncs() async throws -> Measurement {
        try await serving { github in
            try await withScratchFolder { folder in
                let project = try await GitHubProject(folder, of: github)
                _ = try await project.sync()
                var measurement = Measurement()
                for _ in 1...20 {
                    let listing = try await ProgramRun(built: "max", ["ls", "--json"], in: folder)
                    let sync = try await project.sync()
                    measurement.add(work: sync.time, reference: listing.time, requests: sync.requests)
                }
                return measurement
            }
        }
    }

    private static func serving<Value>(_ body: (GitHubAddress) async throws -> Value) async throws -> Value {
        let size = GitHubSize(repositories: 1, issues: issues)
        return try await GitHubSandbox.serve(GitHubSandboxOptions(size: size, requestsPerHour: 1_000_000), body)
    }
}

/// A project with one connection, to an account of the double.
private struct GitHubProject {
    let folder: URL
    let github: GitHubAddress

    /// Makes it and connects; nothing is collected yet.
    init(_ folder: URL, of github: GitHubAddress) async throws {
        (self.folder, self.github) = (folder, github)
        _ = try await ProgramRun(built: "max", ["init"], in: folder)
        let answers = [
            "--set", "baseURL=\(github.url)", "--secret-env", "token=GITHUB_TOKEN", "--allow-host", github.host,
        ]
        _ = try await ProgramRun(
            built: "max", ["connect", "github", "--no-sync", "--yes", "--json"] + answers,
            environment: ["GITHUB_TOKEN": github.token], in: folder)
    }

    /// Syncs, and tells how long that took and how many requests reached the double.
    func sync() async throws -> (time: Duration, requests: Int) {
        let before = try await GitHubPages(github).number()
        let run = try await ProgramRun(built: "max", ["sync", "--all", "--json"], in: folder)
        return (run.time, try await GitHubPages(github).number() - before - 1)
    }
}
