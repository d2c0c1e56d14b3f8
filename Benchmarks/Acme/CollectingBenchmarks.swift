internal import AcmeSandbox
internal import Foundation

extension Benchmark {
    /// A tenant with a list of tasks for each of 501 projects, and one of which reading takes 3,000 requests.
    private static let (tenant, parted) = (
        AcmeSize(users: 2002, projects: 501, tasks: 10_003), AcmeSize(users: 2002, projects: 2972, tasks: 10_003)
    )

    private static let target = Target.median(.milliseconds(1500))

    /// Syncs of an account at the sandbox by the built program, from the start of its process to its end.
    static let collecting = [
        Benchmark("first sync of 12,507 records", beside: "the lists read alone", target: target) {
            try await firstSyncs(of: tenant)
        },
        Benchmark("first sync in 3,000 requests", beside: "the lists read alone", target: target) {
            try await firstSyncs(of: parted)
        },
        Benchmark("sync with nothing changed", beside: "max ls", target: .median(.milliseconds(100)), requests: 10) {
            try await idleSyncs(of: tenant)
        },
    ]

    /// Takes five rounds, each with a new project.
    private static func firstSyncs(of size: AcmeSize) async throws -> Measurement {
        try await AcmeSandbox.serve(AcmeSandboxOptions(size: size)) { acme in
            var measurement = Measurement()
            for round in 0...5 {
                let (reading, sync) = try await withScratchFolder { folder in
                    let project = try await AcmeProject(folder, of: acme)
                    return (try await time { try await AcmeLists(acme).read() }, try await project.sync())
                }
                if round > 0 { measurement.add(work: sync.time, reference: reading, requests: sync.requests) }
            }
            return measurement
        }
    }

    private static func idleSyncs(of size: AcmeSize) async throws -> Measurement {
        try await AcmeSandbox.serve(AcmeSandboxOptions(size: size)) { acme in
            try await withScratchFolder { folder in
                let project = try await AcmeProject(folder, of: acme)
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
}

/// A project with one connection, to an account of the sandbox.
private struct AcmeProject {
    let folder: URL
    let acme: AcmeAddress

    /// Makes it and connects; nothing is collected yet.
    init(_ folder: URL, of acme: AcmeAddress) async throws {
        (self.folder, self.acme) = (folder, acme)
        _ = try await ProgramRun(built: "max", ["init"], in: folder)
        let answers = ["--set", "baseURL=\(acme.url)", "--secret-env", "api_token=ACME_KEY", "--allow-host", acme.host]
        _ = try await ProgramRun(
            built: "max", ["connect", "acme", "--no-sync", "--yes", "--json"] + answers,
            environment: ["ACME_KEY": acme.key], in: folder)
    }

    /// Syncs, and tells how long that took and how many requests reached the sandbox.
    func sync() async throws -> (time: Duration, requests: Int) {
        let before = try await AcmeLists(acme).number()
        let run = try await ProgramRun(built: "max", ["sync", "--all", "--json"], in: folder)
        return (run.time, try await AcmeLists(acme).number() - before - 1)
    }
}
