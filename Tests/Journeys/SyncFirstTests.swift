import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// The first sync, which follows the connection by itself.
struct SyncFirstTests {
    @Test func `on a terminal it is one block that ends in a count and two commands that work`() async throws {
        try await withAcme { place, acme in
            let screen = try await place.onTerminal("connect", "acme") { tty in
                try await tty.signIn(acme)
                try await tty.answer("Workspace", "1")
                try await tty.expect("Connected as dana@acme.test")
                try await tty.expect("records collected")
                try await tty.expectEnd(0)
                return tty.screen
            }
            let count = try await place.stored()
            #expect(
                screen.contains("✓ \(count.formatted(.number.locale(Locale(identifier: "en_US")))) records collected"))
            for stage in ["Reading the workspace", "Collecting people", "Collecting projects", "Collecting tasks"] {
                #expect(screen.split(separator: "\n").count { $0.contains("✓ \(stage)") } == 1, "\(screen)")
            }
            let hints = screen.matches(of: /: max ((search|count) [^\n]*)/).map { String($0.1) }
            #expect(hints.count == 2, "\(screen)")
            for hint in hints {
                let outcome = try await place.run(hint.split(separator: " ").map(String.init)).finish()
                #expect(outcome.status == .exited(0) && !outcome.out.isEmpty, "\(hint): \(outcome)")
            }
        }
    }

    @Test func `a total and an estimate are told as soon as the provider gave a total`() async throws {
        let options = AcmeSandboxOptions(
            size: try AcmeSize("users=3,projects=1,tasks=3000"), latency: .milliseconds(300))
        try await withAcme(options) { place, acme in
            try await place.connect(acme)
            try await place.onTerminal("sync", "acme-dana") { tty in
                try await tty.expect(" of 3,000")
                try await tty.expect("left")
                try await tty.expect("3,005 records collected")
                try await tty.expectEnd(0)
            }
        }
    }

    @Test func `on a pipe it is plain lines`() async throws {
        try await withAcme { place, acme in
            var run = place.connecting(acme, syncing: true)
            run.arguments.removeAll { $0 == "--json" }
            let outcome = try await run.finish()
            #expect(outcome.status == .exited(0), "\(outcome)")
            #expect(!(outcome.out + outcome.err).contains("\u{1B}"))
            #expect(outcome.err.contains("Connected as dana@acme.test"))
            #expect(outcome.err.split(separator: "\n").count { $0.hasPrefix("Collecting tasks: ") } == 1)
            #expect(outcome.out.contains("records collected\n"))
        }
    }

    @Test func `a script gets one object with the connection and what came`() async throws {
        try await withAcme { place, acme in
            let reply = try await place.connecting(acme, syncing: true).finish().reply(0)
            #expect(reply.at("connection.slug") == "acme-dana" && reply.at("connection.health.sync") == "complete")
            #expect(reply.at("sync.state") == "complete" && reply.at("sync.connection") == "acme-dana")
            let tasks = try await place.max("count", "acme-dana", "AcmeTask", "--json").reply(0)
            #expect(reply.at("sync.counts.AcmeTask.added") == tasks["count"] && tasks["count"] != 0)
            #expect(reply.at("sync.stages")?.array?.isEmpty == false)
            #expect(reply["error"] == nil)
        }
    }

    @Test func `it can be declined, and done later`() async throws {
        try await withAcme { place, acme in
            let reply = try await place.connecting(acme, "--no-sync").finish().reply(0)
            #expect(reply["sync"] == nil && reply["next"] == "max sync acme-dana")
            let list = try await place.max("ls")
            #expect(list.out.contains("Active · not synced yet"))
            let waiting = try await place.max("sync", "acme-dana", "--follow", "--json").refusal(1)
            #expect(waiting["code"] == "run_abandoned")
            let later = try await place.max("sync", "acme-dana")
            #expect(later.status == .exited(0) && later.out.contains("records collected"))
            #expect(try await place.max("ls").out.contains("records · synced now"))
        }
    }

    @Test func `what is empty is proven to be`() async throws {
        try await withAcme(AcmeSandboxOptions(size: try AcmeSize("users=0,projects=0,tasks=0"))) { place, acme in
            let reply = try await place.connecting(acme, syncing: true).finish().reply(0)
            #expect(reply.at("sync.state") == "complete")
            #expect(reply.at("sync.emptiness.AcmeTask.proven") == true)
            #expect(reply.at("sync.emptiness.AcmeTask.words")?.string?.isEmpty == false)
            let report = try await place.max("run", "last")
            #expect(report.out.contains("Without a record"))
        }
    }

    @Test func `a connection that was connected stays when its first sync fails`() async throws {
        try await withAcme { place, acme in
            let run = place.connecting(acme, key: acme.key(.revokedAfterFive), syncing: true)
            let reply = try await run.finish().reply(3)
            #expect(reply.at("connection.slug") == "acme-dana")
            #expect(reply.at("sync.state") == "failed" && reply.at("error.kind") == "auth")
            let list = try await place.max("ls")
            #expect(list.out.contains("Needs attention · Acme rejected this API token — it may be expired"))
            #expect(list.out.contains(" · 1 record kept · max reconnect acme-dana"))
            // Refused once, nothing is asked of the provider before the owner has acted.
            let again = try await place.max("sync", "acme-dana")
            #expect(again.status == .exited(3) && again.err.contains("✗") && again.out.isEmpty)
            let mended = place.run(
                ["reconnect", "acme-dana"] + Playground.answers(acme), environment: ["ACME_KEY": acme.key])
            #expect(try await mended.finish().reply(0).at("sync.state") == "complete")
        }
    }
}

extension Playground {
    /// How many records there are in all, as `max ls --json` tells of the first connection.
    func stored(sourceLocation: SourceLocation = #_sourceLocation) async throws -> Int {
        let connections = try await connections(sourceLocation: sourceLocation)
        let records = try #require(connections.first?.at("health.records")?.integer, sourceLocation: sourceLocation)
        return Int(records)
    }

    /// Syncs and gives the run.
    @discardableResult
    func sync(
        _ more: String..., code: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JSON {
        let outcome = try await run(["sync", "acme-dana", "--json"] + more).finish()
        let reply = try outcome.reply(code, sourceLocation: sourceLocation)
        return try #require(reply["sync"], sourceLocation: sourceLocation)
    }
}
