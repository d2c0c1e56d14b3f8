import AcmeSandbox
import Foundation
import GRDB
import MaxCore
import MaxTesting
import PseudoTerminal
import Testing

/// What helps to find out why something went wrong, and tells nobody whose it is.
struct DiagnosisTests {
    @Test func `a report tells how a connection is, and has no word of its owner's in it`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, key: acme.key(.usersForbidden))
            try await place.sync(code: 5)
            let planted = try plant(in: place)
            let sweep = CanarySweep(planted + [acme.key(.usersForbidden), place.folder.lastPathComponent])
            let names = ["dana", "acme.test", "127.0.0.1", place.folder.path, "Sorrel", "run_", "con_", "set_"]
            let text = try await place.max("diagnose", "acme-dana", environment: ["MAX_DISK_LOW": "1KB"])
            #expect(text.status == .exited(0), "\(text)")
            #expect(sweep.leaks(in: text.out + text.err, of: "the report") == [], "\(text.out)")
            #expect(names.filter { text.out.contains($0) } == [], "\(text.out)")
            for fact in [
                "connector: acme", "setup × sync × freshness: active × partial", "MAX_DISK_LOW: given",
                "MAX_VAULT_KEY: not given", "integrity: in order", "state: ready", "Recording of run-",
                "GET /api/v1/*/*/tasks 200", "AcmeTask:",
            ] {
                #expect(text.out.contains(fact), "\(fact)\n\(text.out)")
            }
            let json = try await place.max("diagnose", "acme-dana", "--json")
            let body = try json.reply(0)
            #expect(sweep.leaks(in: json.out, of: "the object") == [])
            #expect(names.filter { json.out.contains($0) } == [])
            #expect(body.at("diagnosis.health.sync") == "partial")
            let name = try #require(body.at("diagnosis.runs.0.name")?.string)
            #expect(text.out.contains(name), "a pseudonym changed")

            _ = try await place.max("diagnose", "acme-dana", "--output", "report.txt")
            let file = try String(contentsOf: place.file("report.txt"), encoding: .utf8)
            #expect(file.hasPrefix("Max diagnosis, form 1"))
            #expect(sweep.leaks(in: file, of: "the file") == [])
            #expect(try await place.max("diagnose", "nobody", "--json").refusal(2)["code"] == "connection_not_found")
        }
    }

    /// Puts words of their own into every place of the store that holds something personal or something said by others.
    private func plant(in place: Playground) throws -> [String] {
        let canaries = (0..<12).map { "canary\($0)x\(UInt64.random(in: .min ... .max))" }
        try StoreLook(place).queue.write { database in
            try database.execute(
                sql: """
                    UPDATE connection SET label = ?, account_id = ?, account_label = ?,
                        account_scopes = json_array(?), allowed_hosts = json_array(?),
                        config = json_set(config, '$.workspace', ?, '$.' || ?, ?);
                    UPDATE run SET
                        ending = json_set(
                            ending, '$.problem.sentence', ?, '$.missing[0].examples[0]', ?,
                            '$.missing[0].problem.sentence', ?),
                        progress = json_set(
                            progress, '$.lastRecord', json_object('ref', ?, 'title', ?, 'at', '2026-01-01T00:00:00Z'))
                    WHERE ended_at IS NOT NULL
                    """,
                arguments: StatementArguments(canaries + [canaries[0]]))
        }
        return canaries
    }

    @Test func `what happened is shown again, at once into a pipe and line by line in a terminal`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, syncing: true)
            let outcome = try await place.max("replay", "last")
            #expect(outcome.status == .exited(0), "\(outcome)")
            let lines = outcome.out.split(separator: "\n")
            #expect(lines.first?.hasPrefix("Sync run_") == true)
            #expect(lines.contains { $0.contains("tasks.list GET") && $0.contains(" 200 ") }, "\(outcome.out)")
            #expect(lines.contains { $0.contains("stored") } && lines.last?.contains("ended complete") == true)

            let reply = try await place.max("replay", "last", "--json").reply(0)
            let id = try #require(reply.at("recording.of")?.string)
            #expect(reply["recording"]?["events"]?.array?.count == lines.count - 1)
            try await place.onTerminal("replay", String(id.dropFirst(4).prefix(8)), "--speed", "1000") { tty in
                try await tty.expect("ended complete")
                try await tty.expectEnd(0)
            }
            let setup = try await StoreLook(place).queue.read {
                try String.fetchOne($0, sql: "SELECT subject FROM recording WHERE kind = 'setup'")
            }
            let check = try await place.max("replay", try #require(setup), "--at-once")
            #expect(check.out.contains("began check") && check.out.contains("rung sign_in passed"), "\(check.out)")
            #expect(try await place.max("replay", "run_none", "--json").refusal(2)["code"] == "recording_not_found")
            #expect(try await place.max("replay", "run_", "--speed", "0").status == .exited(2))
        }
    }

    @Test func `a server tells the same from afar`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, syncing: true)
            try await place.servingAfar { server, other in
                try await other.logIn(to: server)
                let here = try await place.max("replay", "last", "--json").reply(0)
                #expect(try await other.max("replay", "last", "--json").reply(0) == here)
                let report = try await other.max("diagnose", "acme-dana", "--json").reply(0)
                let mine = try await place.max("diagnose", "acme-dana", "--json").reply(0)
                #expect(report.at("diagnosis.connection") == mine.at("diagnosis.connection"))
                #expect(report.at("diagnosis.runs") == mine.at("diagnosis.runs"))
                #expect(
                    try await other.max("replay", "run_none", "--json").refusal(2)["code"] == "recording_not_found")
            }
        }
    }

    @Test func `a disk without room is told everywhere, and nothing is collected until there is`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme)
            let full = ["MAX_DISK_RESERVE": "100000TB"]
            let refusal = try await place.max(["sync", "acme-dana", "--json"], environment: full).refusal(1)
            #expect(refusal["code"] == "disk_low", "\(refusal)")
            let status = try await place.max(["status", "--json"], environment: full).reply(0)
            #expect(status.at("connections.0.health.headline") == "waiting")
            #expect(status.at("connections.0.health.sentence")?.string?.contains("the disk is nearly full") == true)
            let doctor = try await place.max(["doctor", "--json"], environment: full)
            #expect(doctor.status == .exited(1) && doctor.out.contains("Make room"))
            let wrong = try await place.max(["ls", "--json"], environment: ["MAX_DISK_LOW": "plenty"]).refusal(2)
            #expect(wrong["code"] == "setting_invalid")
            try await place.sync()
        }
    }
}
