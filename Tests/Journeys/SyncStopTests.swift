import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Synchronization
import Testing

/// Syncs that are stopped, watched from elsewhere, or left to themselves.
struct SyncStopTests {
    /// An Acme slow enough to be interrupted.
    private static let slow = AcmeSandboxOptions(latency: .milliseconds(150))

    @Test func `Ctrl-C stops at a safe point, says so, and the next sync goes on`() async throws {
        try await withAcme(Self.slow) { place, acme in
            try await place.connect(acme)
            try await place.onTerminal("sync", "acme-dana") { tty in
                try await tty.expect("last record: ")
                await tty.send(.ctrlC)
                try await tty.expect("Stopped.")
                try await tty.expect("Go on with: max sync acme-dana")
                try await tty.expectEnd(130)
            }
            let stopped = try await place.max("run", "last", "--json").reply(0)
            #expect(stopped.at("run.state") == "cancelled")
            #expect(try await place.max("ls").out.contains("the last sync was stopped"))
            let kept = try await place.stored()
            #expect(kept > 0)
            let sync = try await place.sync()
            #expect(sync["state"] == "complete")
            #expect(try await place.stored() > kept)
            #expect(try StoreLook(place).faults == [])
        }
    }

    @Test(arguments: [SIGINT, SIGTERM])
    func `a script's sync stops at a safe point too`(signal: Int32) async throws {
        try await withAcme(AcmeSandboxOptions()) { place, acme in
            try await place.connect(acme, key: acme.key(.tasksBroken))
            let run = place.run(["sync", "acme-dana", "--json"])
            let reply = try await run.finish { id in
                await place.untilRunning()
                kill(id, signal)
            }.reply(130)
            #expect(reply.at("sync.state") == "cancelled" && reply.at("error.code") == "cancelled")
        }
    }

    @Test func `left to itself it goes on without its window, and can be followed`() async throws {
        try await withAcme(Self.slow) { place, acme in
            try await place.connect(acme)
            let left = try await place.max("sync", "acme-dana", "--detach", "--json").reply(0)
            let id = try #require(left.at("sync.id")?.string)
            #expect(left["next"] == "max sync acme-dana --follow")
            let followed = try await place.max("sync", "acme-dana", "--follow", "--json").reply(0)
            #expect(followed.at("sync.id") == .string(id) && followed.at("sync.state") == "complete")
            // It is over by now, and is told again.
            let again = try await place.max("sync", "acme-dana", "--follow")
            #expect(again.status == .exited(0) && again.out.contains("records collected"))
        }
    }

    @Test func `a second sync of a connection watches the first one`() async throws {
        try await withAcme(Self.slow) { place, acme in
            try await place.connect(acme)
            async let first = place.max("sync", "acme-dana", "--json")
            await place.untilRunning()
            let second = try await place.max("sync", "acme-dana", "--json").reply(0)
            #expect(try await first.reply(0).at("sync.id") == second.at("sync.id"))
            #expect(try await place.max("runs", "--json").reply(0)["runs"]?.array?.count == 1)
        }
    }

    @Test func `a sync that asks for more than the one under way is told so`() async throws {
        try await withAcme(AcmeSandboxOptions()) { place, acme in
            try await place.connect(acme, key: acme.key(.tasksBroken))
            async let first = place.max("sync", "acme-dana", "--only", "AcmeTask", "--json")
            await place.untilRunning()
            let second = try await place.max("sync", "acme-dana", "--full", "--detach")
            #expect(second.err.contains("being synced already. It does less than you asked for"), "\(second)")
            _ = try await place.max("run", "cancel", "last", "--json").reply(0)
            _ = try await first.reply(130)
        }
    }

    @Test func `Ctrl-C leaves a sync alone that is only watched`() async throws {
        try await withAcme(AcmeSandboxOptions()) { place, acme in
            try await place.connect(acme, key: acme.key(.tasksBroken))
            async let first = place.max("sync", "acme-dana", "--json")
            await place.untilRunning()
            try await place.onTerminal("sync", "acme-dana") { tty in
                try await tty.expect("acme-dana is being synced already.")
                try await tty.expect("Reading the workspace")
                await tty.send(.ctrlC)
                try await tty.expect("It goes on without this window.")
                try await tty.expectEnd(130)
            }
            #expect(try await first.reply(5).at("sync.state") == "partial")
        }
    }

    @Test func `another process can stop it`() async throws {
        try await withAcme(AcmeSandboxOptions()) { place, acme in
            try await place.connect(acme, key: acme.key(.tasksBroken))
            let left = try await place.max("sync", "acme-dana", "--detach", "--json").reply(0)
            let id = try #require(left.at("sync.id")?.string)
            await place.untilRunning()
            let words = try await place.max("run", "cancel", String(id.prefix(12)))
            #expect(words.status == .exited(0) && words.out.contains("stops at the next safe point"))
            let ended = try await place.max("sync", "acme-dana", "--follow", "--json").reply(130)
            #expect(ended.at("sync.id") == .string(id) && ended.at("sync.state") == "cancelled")
            let over = try await place.max("run", "cancel", "last")
            #expect(over.status == .exited(0) && over.out.contains("was over already"))
        }
    }

    @Test func `killed, it is seen as broken off, and the next sync goes on`() async throws {
        try await withAcme(Self.slow) { place, acme in
            try await place.connect(acme)
            let killed = try await place.run(["sync", "acme-dana", "--json"]).finish { id in
                await place.untilRunning(records: 1)
                kill(id, SIGKILL)
            }
            #expect(killed.status == .signalled(SIGKILL))
            #expect(try await place.max("ls").out.contains("the last sync broke off"))
            let watched = try await place.max("sync", "acme-dana", "--follow", "--json").refusal(1)
            #expect(watched["code"] == "run_abandoned")
            #expect(try await place.sync()["state"] == "complete")
            #expect(try StoreLook(place).faults == [])
        }
    }
}

extension Playground {
    /// Waits until a sync is under way, and has brought so many records; at most a minute.
    func untilRunning(records: Int64 = 0) async {
        for _ in 1...600 {
            let reply = try? await max("runs", "--limit", "1", "--json").reply(0)
            let isRunning = reply?.at("runs.0.state") == "running"
            if isRunning, reply?.at("runs.0.records")?.integer ?? 0 >= records { return }
        }
        Issue.record("no sync is under way")
    }
}
