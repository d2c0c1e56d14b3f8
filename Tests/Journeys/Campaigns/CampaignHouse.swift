import AcmeSandbox
import Foundation
import GRDB
import MaxCore
import PseudoTerminal
import SandboxKit
import Testing

/// A project with an account that was collected from, what its provider holds, and a clock that is set at will.
struct CampaignHouse: Sendable {
    let place: Playground
    let acme: AcmeAddress
    let desk: AcmeDesk
    let outage: Outage

    /// Describes a run of `max` by the clock of the house.
    func run(_ arguments: [String], environment: [String: String] = [:]) -> ProgramRun {
        var run = place.run(["--clock-file", place.file("clock").path, "--"] + arguments, environment: environment)
        run.program = "CrashHost"
        return run
    }

    /// The same, which is killed (-9) after so many milliseconds unless it is done by then.
    func mortal(_ run: ProgramRun, milliseconds: Int) -> ProgramRun {
        var run = run
        let moment = "\(milliseconds / 1000).\(String(milliseconds % 1000 + 1000).dropFirst())"
        run.arguments = ["-s", "KILL", moment, TerminalProgram.built(run.program)] + run.arguments
        run.program = "/usr/bin/timeout"
        return run
    }

    /// Serves the project by the clock of the house while `body` runs.
    func serving<Value: Sendable>(
        _ body: @escaping @Sendable (ServedProject) async throws -> Value
    ) async throws -> Value {
        try await place.serving(as: run(["serve", "--listen", "127.0.0.1:0"]), body)
    }

    /// Sets the clock of the house so many seconds ahead of the machine's.
    func setClock(ahead seconds: TimeInterval) throws {
        try Data("\(seconds)".utf8).write(to: place.file("clock"), options: .atomic)
    }

    /// Collects by hand, and everything comes.
    func sync(_ note: String = "", sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let reply = try await run(["sync", "acme-dana", "--json"]).finish().reply(0, sourceLocation: sourceLocation)
        #expect(reply.at("sync.state") == "complete", "\(note): \(reply)", sourceLocation: sourceLocation)
    }

    /// Gives the connection another key.
    func reconnect(_ key: String) async throws {
        let words = ["reconnect", "acme-dana", "--secret-env", "api_token=ACME_KEY", "--yes", "--json"]
        _ = try await run(words, environment: ["ACME_KEY": key]).finish()
    }

    /// How the connection is, as `max show --json` tells it.
    func health() async throws -> JSON {
        let reply = try await run(["show", "acme-dana", "--json"]).finish().reply(0)
        return try #require(reply.at("connection.health"))
    }

    func verdict() async throws -> Verdict { try Verdict(try await health()) }

    /// How many syncs have ended so far.
    func endedSyncs() throws -> Int { try StoreLook(place).count("run WHERE ended_at IS NOT NULL") }

    /// Waits until more syncs have ended than so many, and none is open.
    func untilEnded(moreThan count: Int, sourceLocation: SourceLocation = #_sourceLocation) async throws {
        for _ in 0..<3000 {
            let look = try StoreLook(place)
            if try look.count("run WHERE ended_at IS NOT NULL") > count,
                try look.count("run WHERE ended_at IS NULL") == 0
            {
                return
            }
            try await Task.sleep(for: .milliseconds(20))
        }
        Issue.record("no sync ended", sourceLocation: sourceLocation)
    }
}

extension Verdict {
    init(_ health: JSON) throws {
        self.init(headline: try #require(health["headline"]?.string), action: health["action"]?.string)
    }
}

/// Gives `body` a house in which an account was just connected and collected from.
func withCampaignHouse(_ seed: Int, _ body: (CampaignHouse) async throws -> Void) async throws {
    let outage = Outage()
    let size = AcmeSize(workspaces: 1, users: 3 + seed % 5, projects: 3 + seed % 7, tasks: 20 + seed % 250)
    let options = AcmeSandboxOptions(seed: UInt64(seed), size: size, latency: .milliseconds(4), outage: outage)
    try await withAcme(options) { place, acme in
        try await place.connect(acme, syncing: true)
        let house = CampaignHouse(place: place, acme: acme, desk: try await AcmeDesk(acme), outage: outage)
        try house.setClock(ahead: 0)
        try await body(house)
    }
}
