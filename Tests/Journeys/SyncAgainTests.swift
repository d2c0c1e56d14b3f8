import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// Syncs after the first.
struct SyncAgainTests {
    @Test func `only what changed is fetched and told`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, syncing: true)
            let before = try await place.stored()
            let project = try await place.project()
            let id = try await AcmeHand(acme).addTask("Order new labels", to: project)
            let sync = try await place.sync()
            #expect(sync["state"] == "complete" && sync["mode"] == "changes")
            #expect(sync.at("counts.AcmeTask.added") == 1)
            #expect(try await place.stored() == before + 1)
            let found = try await place.max("get", "AcmeTask/\(id)", "--json").reply(0)
            #expect(found.at("record.fields.title") == "Order new labels")

            try await AcmeHand(acme).send("PATCH", "tasks/\(id)", ["title": "Order old labels"])
            let words = try await place.max("sync", "acme-dana")
            #expect(words.out == "✓ Up to date: 1 changed · \(before + 1) records\n")
            try await AcmeHand(acme).send("DELETE", "tasks/\(id)")
            #expect(try await place.max("sync", "acme-dana").out == "✓ Up to date: 1 gone · \(before) records\n")
            #expect(
                try await place.max("sync", "acme-dana").out == "✓ Up to date: nothing changed · \(before) records\n")
            let gone = try await place.max("get", "AcmeTask/\(id)", "--json").reply(0)
            #expect(gone.at("gone.fields.title") == "Order old labels" && gone["since"] != nil)
        }
    }

    @Test func `a whole reading finds what vanished without a word`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, syncing: true)
            let before = try await place.stored()
            let task = try await place.max("search", "acme-dana", "AcmeTask", "--limit", "1", "--json").reply(0)
            let id = try #require(task.at("records.0.id")?.string)
            try await AcmeHand(acme).send("DELETE", "tasks/\(id)?silently=true")
            #expect(try await place.sync().at("counts.AcmeTask.gone") != 1)
            #expect(try await place.stored() == before)
            let full = try await place.sync("--full")
            #expect(full["mode"] == "everything" && full.at("counts.AcmeTask.gone") == 1)
            #expect(try await place.stored() == before - 1)
        }
    }

    @Test func `one entity can be collected alone`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme)
            let sync = try await place.sync("--only", "AcmeUser")
            #expect(sync["only"] == ["AcmeUser"])
            #expect(sync.at("counts.AcmeUser.added") != nil && sync.at("counts.AcmeTask") == nil)
            let strange = try await place.max("sync", "acme-dana", "--only", "AcmeTsk", "--json").refusal(2)
            #expect(strange["code"] == "entity_unknown")
            #expect(try await place.sync().at("counts.AcmeTask.added") != nil)
        }
    }

    @Test func `all connections are synced, and one that fails does not keep the others from it`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, key: acme.key(.revokedAfterFive))
            try await place.connect(acme, key: acme.secondKey)
            let outcome = try await place.max("sync", "--all", "--json").reply(3)
            #expect(outcome["syncs"]?.array?.map { $0["connection"] } == ["acme-dana", "acme-erin"])
            #expect(outcome["syncs"]?.array?.map { $0.at("sync.state") } == ["failed", "complete"])
            #expect(outcome.at("error.kind") == "auth")
            let words = try await place.max("sync", "--all")
            #expect(words.status == .exited(3) && words.err.contains("acme-erin"))
            #expect(words.out.contains("✓ Up to date: nothing changed"))
        }
    }

    @Test(arguments: [
        ["sync"], ["sync", "acme-dana", "--all"], ["sync", "acme-dana", "--follow", "--full"], ["sync", "nobody"],
        ["sync", "--all", "--follow"], ["run", "run_nothing"], ["run", "cancel", "last"], ["runs", "nobody"],
        ["runs", "--limit", "0"],
    ])
    func `a command line that cannot be meant is a usage error`(arguments: [String]) async throws {
        try await withPlayground { place in
            _ = try await place.max("init", "--json").reply(0)
            _ = try await place.run(arguments + ["--json"]).finish().refusal(2)
        }
    }

    @Test func `outside a project there is nothing to sync or to ask`() async throws {
        try await withPlayground { place in
            for arguments in [["sync", "--all"], ["runs"], ["search", "all", "AcmeTask"], ["sql", "select 1"]] {
                let error = try await place.run(arguments + ["--json"]).finish().refusal(1)
                #expect(error["code"] == "project_missing", "\(arguments)")
            }
            #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.path).isEmpty)
        }
    }
}

extension Playground {
    /// The id of a project that was collected.
    func project() async throws -> String {
        let reply = try await max("search", "acme-dana", "AcmeProject", "--limit", "1", "--json").reply(0)
        return try #require(reply.at("records.0.id")?.string)
    }
}
