import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// The process killed before and after every single write to the store.
struct CrashTests {
    @Test(arguments: ["--before", "--after"])
    func `a setup killed at any write ends in nothing or in active`(moment: String) async throws {
        try await withAcme { place, acme in
            var moments: [String] = []
            while let killed = try await crash(place, moment, moments.count + 1, place.connecting(acme)) {
                moments.append(killed)
                let left = try await place.setups()
                let connected = try await place.connections()
                #expect(left.count + connected.count <= 1, "\(killed)")
                if connected.isEmpty { try await finish(place, acme, unfinished: !left.isEmpty) }
                try await expectOneSoundConnection(place, killed)
                _ = try await place.max("disconnect", "acme-dana", "--erase", "--yes", "--json").reply(0)
            }
            let kinds = Set(moments.compactMap { $0.split(separator: " ").last })
            #expect(kinds.isSuperset(of: ["insert", "save", "audit", "activate"]), "\(moments)")
        }
    }

    /// Takes the setup up where it was left, or does it again.
    private func finish(_ place: Playground, _ acme: AcmeAddress, unfinished: Bool) async throws {
        guard unfinished else {
            try await place.connect(acme)
            return
        }
        let again = place.run(
            ["connect", "--resume", "--no-sync"] + Playground.answers(acme), environment: ["ACME_KEY": acme.key])
        let reply = try await again.finish().reply(0)
        #expect(reply.at("connection.state") == "active")
    }

    private func expectOneSoundConnection(_ place: Playground, _ killed: String) async throws {
        let connections = try await place.connections()
        #expect(connections.map { $0["slug"] } == ["acme-dana"], "\(killed)")
        #expect(connections.map { $0["state"] } == ["active"], "\(killed)")
        #expect(try await place.setups().isEmpty, "\(killed)")
        #expect(try await place.max("doctor", "--json").reply(0)["ok"] == true, "\(killed)")
        let look = try StoreLook(place)
        #expect(try look.faults == [], "\(killed)")
        #expect(try look.count("secret") == 1 && look.count("data_key") == 1 && look.count("run") >= 1, "\(killed)")
    }

    @Test(arguments: ["--before", "--after"])
    func `a reconnect killed at any write leaves a connection that works`(moment: String) async throws {
        try await withAcme { place, acme in
            let connection = try await place.connect(acme)
            var moments: [String] = []
            let reconnect = place.run(
                ["reconnect", "acme-dana", "--no-sync"] + Playground.answers(acme), environment: ["ACME_KEY": acme.key])
            while let killed = try await crash(place, moment, moments.count + 1, reconnect) {
                moments.append(killed)
                #expect(try await place.connections() == [connection], "\(killed)")
                _ = try await reconnect.finish().reply(0)
                try await expectOneSoundConnection(place, killed)
            }
            #expect(moments.contains { $0.hasSuffix("activate") }, "\(moments)")
        }
    }

    @Test(arguments: ["--before", "--after"])
    func `a rotation killed at any write is finished by the next one`(moment: String) async throws {
        try await withAcme { place, acme in
            try await place.connect(acme)
            try await place.connect(acme, key: acme.secondKey)
            var moments: [String] = []
            let rotate = place.run(["vault", "rotate", "--json"])
            while let killed = try await crash(place, moment, moments.count + 1, rotate) {
                moments.append(killed)
                try await expectOpen(place, killed)
                _ = try await place.max("vault", "rotate", "--json").reply(0)
                try await expectOpen(place, killed)
                #expect(try keysInFile(place) == 1, "\(killed)")
            }
            #expect(moments.contains { $0.hasSuffix("rekey") }, "\(moments)")
            let again = place.run(
                ["reconnect", "acme-dana", "--no-sync"] + Playground.answers(acme), environment: ["ACME_KEY": acme.key])
            _ = try await again.finish().reply(0)
        }
    }

    /// Expects that every secret opens with the keys that are there.
    private func expectOpen(_ place: Playground, _ killed: String) async throws {
        let status = try await place.max("vault", "status", "--json").reply(0)
        #expect(status.at("vault.locked") == nil, "\(killed)")
        #expect(status.at("vault.lockedConnections") == [:], "\(killed)")
        #expect(try await place.connections().allSatisfy { $0["locked"] == nil }, "\(killed)")
    }

    private func keysInFile(_ place: Playground) throws -> Int {
        try String(contentsOf: place.file(".max/vault.key"), encoding: .utf8).split(separator: "\n").count {
            !$0.hasPrefix("#")
        }
    }

    @Test(arguments: ["--before", "--after"])
    func `erasing killed at any write leaves the whole connection or nothing of it`(moment: String) async throws {
        try await withAcme { place, acme in
            var moments: [String] = []
            let erase = place.run(["disconnect", "acme-dana", "--erase", "--yes", "--json"])
            try await place.connect(acme)
            while let killed = try await crash(place, moment, moments.count + 1, erase) {
                moments.append(killed)
                let look = try StoreLook(place)
                if try await place.connections().isEmpty {
                    #expect(try look.traces == [], "\(killed)")
                    try await place.connect(acme)
                } else {
                    #expect(try look.traces == ["connection", "secret", "data_key", "run"], "\(killed)")
                }
            }
            #expect(moments.contains { $0.hasSuffix("erase") }, "\(moments)")
            try place.expectNoTrace()
        }
    }

    /// Runs a command that dies at its n-th write.
    ///
    /// - Returns: At which, as in `before save`; nil when it made fewer writes and ended well.
    private func crash(
        _ place: Playground, _ moment: String, _ number: Int, _ run: ProgramRun
    ) async throws -> String? {
        var run = run
        run.program = "CrashHost"
        run.arguments = [moment, "\(number)", "--"] + run.arguments
        let outcome = try await run.finish()
        if outcome.status == .exited(0) { return nil }
        #expect(outcome.status == .signalled(SIGKILL), "\(outcome)")
        let words = try #require(outcome.err.split(separator: "\n").last { $0.hasPrefix("Killed ") }, "\(outcome)")
        return String(words.dropFirst("Killed ".count))
    }
}
