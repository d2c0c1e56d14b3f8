internal import Foundation

/// An account at a double, as the built program connects to it.
protocol CollectedAccount: Sendable {
    /// The connector's name.
    static var connector: String { get }
    /// The address that is answered with.
    var url: String { get }
    var host: String { get }
    /// The credential's name and what it is.
    var secret: (name: String, text: String) { get }

    /// The number of this request among all that ever reached the double.
    func number() async throws -> Int
}

/// A project with one connection, to an account at a double, collected by the built program.
struct CollectingProject: Sendable {
    private let folder: URL
    private let account: any CollectedAccount

    /// Makes it and connects; nothing is collected yet.
    init(_ folder: URL, of account: some CollectedAccount) async throws {
        (self.folder, self.account) = (folder, account)
        _ = try await ProgramRun(built: "max", ["init"], in: folder)
        let answers = [
            "--set", "baseURL=\(account.url)", "--secret-env", "\(account.secret.name)=SECRET", "--allow-host",
            account.host,
        ]
        _ = try await ProgramRun(
            built: "max", ["connect", type(of: account).connector, "--no-sync", "--yes", "--json"] + answers,
            environment: ["SECRET": account.secret.text], in: folder)
    }

    /// Syncs, and tells how long that took from the start of the process to its end, and how many requests it made.
    func sync() async throws -> (time: Duration, requests: Int) {
        let before = try await account.number()
        let run = try await ProgramRun(built: "max", ["sync", "--all", "--json"], in: folder)
        return (run.time, try await account.number() - before - 1)
    }
}

extension Measurement {
    /// Takes five rounds, each with a new project, after one that does not count.
    static func firstSyncs(
        of account: some CollectedAccount, amount: Int = 1, beside other: (URL) async throws -> Duration
    ) async throws -> Measurement {
        var measurement = Measurement(of: amount)
        for round in 0...5 {
            let (reference, sync) = try await withScratchFolder { folder in
                let project = try await CollectingProject(folder, of: account)
                return (try await other(folder), try await project.sync())
            }
            if round > 0 { measurement.add(work: sync.time, reference: reference, requests: sync.requests) }
        }
        return measurement
    }

    /// Takes twenty syncs of what was collected before, beside the program that only lists the connections.
    static func idleSyncs(of account: some CollectedAccount) async throws -> Measurement {
        try await withScratchFolder { folder in
            let project = try await CollectingProject(folder, of: account)
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
