import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// What is told of syncs, and how they end when something is wrong.
struct RunsTests {
    @Test func `a part that cannot be had is told with its reason, and ends in a code of its own`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, key: acme.key(.tasksForbidden))
            let words = try await place.max("sync", "acme-dana")
            #expect(words.status == .exited(5), "\(words)")
            #expect(words.out.contains("records collected, and part of it is missing"))
            let command = try #require(words.out.firstMatch(of: /max (run run_\w+)/)?.1)
            let report = try await place.run(command.split(separator: " ").map(String.init)).finish()
            #expect(report.status == .exited(0))
            #expect(report.out.contains("What is missing") && report.out.contains("AcmeProject/"))

            let reply = try await place.max("run", "last", "--json").reply(0)
            #expect(reply.at("run.state") == "partial")
            #expect(reply.at("run.missing.0.entity") == "AcmeTask" && reply.at("run.missing.0.count") == 1)
            #expect(reply.at("run.missing.0.healing")?.string?.isEmpty == false)
            #expect(try await place.max("ls").out.contains("part is missing"))
        }
    }

    @Test func `syncs are listed, and each is named by a beginning of its id`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, syncing: true)
            try await place.connect(acme, key: acme.secondKey, syncing: true)
            try await place.sync()
            let reply = try await place.max("runs", "--json").reply(0)
            let runs = try #require(reply["runs"]?.array)
            #expect(runs.map { $0["connection"] } == ["acme-dana", "acme-erin", "acme-dana"])
            let own = try await place.max("runs", "acme-erin", "--json").reply(0)
            #expect(own["runs"]?.array?.count == 1)
            let id = try #require(runs[1]["id"]?.string)
            let one = try await place.max("run", String(id.dropFirst(4).prefix(8)), "--json").reply(0)
            #expect(one.at("run.id") == .string(id))
            let several = try await place.max("run", "run_", "--json").refusal(2)
            #expect(several["code"] == "run_ambiguous")
            let table = try await place.max("runs")
            #expect(table.out.split(separator: "\n").count == 4 && table.out.contains("complete"))
        }
    }

    @Test func `everything that is told of a connection knows its records and its last sync`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, syncing: true)
            let count = try await place.stored()
            for command in [["ls"], ["status"], ["show", "acme-dana"]] {
                let outcome = try await place.run(command).finish()
                #expect(outcome.out.contains("Active · \(count) records · synced now"), "\(outcome.out)")
            }
            let show = try await place.max("show", "acme-dana")
            #expect(show.out.contains("AcmeTask") && show.out.contains("Last sync"))
        }
    }

    @Test(arguments: [
        (AcmeFault.forgetful, 0, "complete"), (.tasksMissing, 0, "complete"), (.tooManyRequestsOnce, 0, "complete"),
        (.usersForbidden, 5, "partial"), (.revokedAfterFive, 3, "failed"),
    ])
    func `a fault of the provider ends in the right state and code`(
        fault: AcmeFault, code: Int32, state: String
    ) async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, key: acme.key(fault))
            let sync = try await place.sync(code: code)
            #expect(sync["state"] == .string(state))
            let again = try await place.sync(code: code)
            #expect(again["state"] == .string(state))
        }
    }

    @Test func `no record is never a bare zero`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, key: acme.key(.usersForbidden))
            _ = try await place.sync("--only", "AcmeUser", code: 5)
            for (entity, words) in [("AcmeUser", "Not every list"), ("AcmeTask", "It was not collected yet.")] {
                let count = try await place.max("count", "acme-dana", entity)
                #expect(count.out == "0\n" && count.err.contains("No \(entity), and that is not certain: \(words)"))
                let search = try await place.max("search", "acme-dana", entity)
                #expect(search.out.isEmpty && search.err == count.err)
                let reply = try await place.max("count", "acme-dana", entity, "--json").reply(0)
                #expect(reply.at("emptiness.acme-dana.proven") == false, "\(reply)")
            }
            let some = try await place.max("count", "acme-dana", "AcmeTask", "--filter", "id = x", "--json").reply(0)
            #expect(some == ["count": 0])
        }
    }

    @Test func `what is known of a disconnected connection stays known`() async throws {
        try await withAcme(AcmeSandboxOptions(size: try AcmeSize("users=2,projects=1,tasks=0"))) { place, acme in
            try await place.connect(acme, syncing: true)
            let before = try await place.max("runs", "acme-dana", "--json").reply(0)
            _ = try await place.max("disconnect", "acme-dana", "--yes")
            #expect(try await place.max("runs", "acme-dana", "--json").reply(0) == before)
            let count = try await place.max("count", "acme-dana", "AcmeTask", "--json").reply(0)
            #expect(count.at("emptiness.acme-dana.proven") == true, "\(count)")
            _ = try await place.max("disconnect", "acme-dana", "--yes", "--erase")
            #expect(try await place.max("runs", "--json").reply(0)["runs"] == [])
        }
    }

    @Test func `a provider that is not there any more is told, and what was collected is kept`() async throws {
        try await withPlayground { place in
            _ = try await AcmeSandbox.serve(AcmeSandboxOptions()) { acme in
                try await place.connect(acme, syncing: true)
            }
            let words = try await place.max("sync", "acme-dana")
            #expect(words.status == .exited(4) && words.out.isEmpty)
            #expect(words.err.contains("records collected before are kept"))
        }
    }

    @Test(arguments: ["--before", "--after"])
    func `killed at any write of its store, the next sync has everything once`(moment: String) async throws {
        try await withAcme(AcmeSandboxOptions(size: try AcmeSize("users=3,projects=2,tasks=7"))) { place, acme in
            try await place.connect(acme)
            var names: [String] = []
            for number in 1... {
                var run = place.run([moment, "\(number)", "--", "sync", "acme-dana", "--full", "--json"])
                run.program = "CrashHost"
                let outcome = try await run.finish()
                if outcome.status == .exited(0) { break }
                #expect(outcome.status == .signalled(SIGKILL), "\(outcome)")
                names += outcome.err.split(separator: "\n").compactMap {
                    $0.split(separator: " ").last.map(String.init)
                }
                #expect(try await place.sync()["state"] == "complete", "\(names)")
                #expect(try await place.max("count", "all", "AcmeTask", "--json").reply(0)["count"] == 7, "\(names)")
                #expect(try await place.max("count", "all", "AcmeUser", "--json").reply(0)["count"] == 3, "\(names)")
            }
            #expect(Set(names).isSuperset(of: ["request", "take", "begin", "commit"]), "\(names)")
            #expect(try StoreLook(place).faults == [])
        }
    }
}
