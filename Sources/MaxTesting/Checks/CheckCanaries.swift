internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxSetup
internal import MaxVault

extension Trial {
    /// Gives every secret of the script and some that are none, and looks for them in everything that is shown, sent
    /// as an address or a header, logged or stored.
    func checkCanaries() async throws {
        guard !script.account.isEmpty else { return }
        let odd = OddSecrets()
        let sweep = CanarySweep(script.secrets + odd.all)
        try await Workplace.onDisk { place in
            try await run(at: place) { bench in
                for fault in ProviderFault.allCases where ![.slow, .hang, .huge, .flapping].contains(fault) {
                    let reply = try await bench.owner(meeting: fault).connect()
                    try await cancel(reply, after: sweep, at: bench)
                }
                let reply = try await give(odd, at: bench)
                try await requireClean(bench, sweep)
                let connection = try await bench.requireConnected(bench.owner.mend(reply))
                try await requireClean(bench, sweep)
                let faulty = try bench.owner(meeting: .wrongSecret)
                try await cancel(faulty.go(on: faulty.reconnect(connection)), after: sweep, at: bench)
            }
        }
    }

    /// Holds a setup to be clean that came to a problem, and the store to be when it is cancelled.
    private func cancel(_ reply: SetupReply, after sweep: CanarySweep, at bench: SetupBench) async throws {
        try require(
            reply.view.problem != nil, at: reply.view.title, expected: "a problem", found: reply.view.summary)
        try await requireClean(bench, sweep)
        try await bench.service.cancel(reply.session.id)
        try await requireClean(bench, sweep)
    }

    /// Has every odd secret refused, one after the other, in one setup.
    private func give(_ odd: OddSecrets, at bench: SetupBench) async throws -> SetupReply {
        var reply = try await bench.owner.go(on: bench.owner.start()) { !$0.secrets.isEmpty }
        for text in odd.all {
            var mistaken = bench.owner
            mistaken.secrets = mistaken.secrets.mapValues { _ in text }
            reply = try await mistaken.mend(reply)
            try require(reply.view.finish == nil, expected: "“not a secret” to be refused", found: reply.view.summary)
        }
        return reply
    }

    private func requireClean(_ bench: SetupBench, _ sweep: CanarySweep) async throws {
        try await bench.vault.flush()
        var leaks = bench.evidence.take().flatMap { sweep.leaks(in: $0.text, of: $0.place) }
        leaks += bench.requests.lines.flatMap { sweep.leaks(in: $0, of: "a request's address or headers") }
        leaks += try await bench.store.auditTrail(limit: 10_000).flatMap { sweep.leaks(in: "\($0)", of: "the audit") }
        for connection in try await bench.store.connections() {
            leaks += sweep.leaks(in: "\(connection) \(JSON.object(connection.config).text)", of: "the connection")
        }
        for session in try await bench.store.sessions(at: .distantPast) {
            leaks += sweep.leaks(in: try JSON(encoding: session.state).text, of: "the stored setup")
        }
        leaks += try bench.workplace.folder.map { try sweep.leaks(under: $0) } ?? []
        let found = Set(leaks.map(\.description)).sorted().joined(separator: "; ")
        try require(leaks.isEmpty, expected: "no secret outside the vault", found: found)
    }
}

/// Secrets that no provider gives out: of the wrong kind, with a control character, with a line break, too long.
private struct OddSecrets {
    let all: [String]

    init() {
        let word = Surroundings.real.word
        all = [
            "canary-\(word()) ~ no secret at all", "canary-\(word())\u{0}\u{1b}[31m\(word())",
            "canary-\(word())\n\(word())", "canary-\(word())-" + String(repeating: word(), count: 4_000),
        ]
    }
}
