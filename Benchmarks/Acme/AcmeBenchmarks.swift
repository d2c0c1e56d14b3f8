internal import AcmeSandbox
internal import Foundation

extension Benchmark {
    /// A tenant with a list of tasks for each of 501 projects, and one of which reading takes 3,000 requests.
    private static let (tenant, parted) = (
        AcmeSize(users: 2002, projects: 501, tasks: 10_003), AcmeSize(users: 2002, projects: 2972, tasks: 10_003)
    )

    private static let target = Target.median(.milliseconds(1500))

    /// Syncs of an account at the sandbox by the built program, from the start of its process to its end.
    static let collectingFromAcme = [
        Benchmark("first sync of 12,507 records", beside: "the lists read alone", target: target) {
            try await firstSyncs(of: tenant)
        },
        Benchmark("first sync in 3,000 requests", beside: "the lists read alone", target: target) {
            try await firstSyncs(of: parted)
        },
        Benchmark("sync with nothing changed", beside: "max ls", target: .median(.milliseconds(100)), requests: 10) {
            try await AcmeSandbox.serve(AcmeSandboxOptions(size: tenant)) { acme in
                try await .idleSyncs(of: AcmeLists(acme))
            }
        },
    ]

    private static func firstSyncs(of size: AcmeSize) async throws -> Measurement {
        try await AcmeSandbox.serve(AcmeSandboxOptions(size: size)) { acme in
            let lists = AcmeLists(acme)
            return try await .firstSyncs(of: lists) { _ in try await time { try await lists.read() } }
        }
    }
}

extension AcmeLists: CollectedAccount {
    static var connector: String { "acme" }
    var url: String { acme.url }
    var host: String { acme.host }
    var secret: (name: String, text: String) { ("api_token", acme.key) }
}
