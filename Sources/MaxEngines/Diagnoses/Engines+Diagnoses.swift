internal import Foundation
internal import MaxConnector
internal import MaxCore
package import MaxHub
internal import MaxVault
package import MaxWire

/// The program that the engines are part of, as diagnoses tell of it.
package struct ProgramFacts: Sendable {
    /// Its version.
    package let version: String
    /// Its settings by name, and whether each is given.
    package let settings: [String: Bool]

    package init(version: String = "unknown", settings: [String: Bool] = [:]) {
        self.version = version
        self.settings = settings
    }
}

extension Engines {
    /// What is known of a connection, fit to be shown to anybody.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `connection_not_found` or `project_missing`.
    package func diagnosis(of connection: Connection) async throws -> DiagnosisBody {
        let store = try requireStore()
        guard let card = try await card(of: connection) else {
            throw MaxError(.connectionNotFound, "The connection was erased.")
        }
        var names = Pseudonyms(vault)
        var runs: [DiagnosisBody.RunFactsBody] = []
        for run in try await store.runs(of: connection.id, limit: Self.diagnosedRuns) {
            runs.append(DiagnosisBody.RunFactsBody(run, called: await names.name("run", of: run.id.rawValue)))
        }
        return DiagnosisBody(
            madeAt: surroundings.now(), platform: platform, connection: try await facts(of: card, &names),
            health: DiagnosisBody.HealthFactsBody(card.health), runs: runs,
            recordings: try await recordings(of: connection, &names),
            settings: program.settings.mapValues { $0 ? "given" : "not given" }, vault: await vaultFacts(),
            disk: disk, store: await storeFacts(store))
    }

    /// How many syncs a diagnosis tells of.
    private static let diagnosedRuns = 20
    /// How many recordings it has.
    private static let diagnosedRecordings = 8
    /// How many of a recording's newest events it has.
    private static let diagnosedEvents = 200

    private func recordings(of connection: Connection, _ names: inout Pseudonyms) async throws -> [RecordingBody] {
        var bodies: [RecordingBody] = []
        for key in try await requireStore().recorded(of: connection.id, limit: Self.diagnosedRecordings) {
            guard let recording = try? await recording(of: key.subject) else { continue }
            let name = await names.name(key.kind.rawValue, of: key.subject)
            bodies.append(RecordingBody(recording, called: name, atMost: Self.diagnosedEvents))
        }
        return bodies
    }

    private func facts(
        of card: ConnectionCard, _ names: inout Pseudonyms
    ) async throws -> DiagnosisBody.ConnectionFactsBody {
        let connection = card.connection
        let connector = try? await registry.connector(connection.connector)
        let words = await connector?.flow.rehearse()
        let fields = (words?.fields.map(\.name) ?? []) + (words?.provided.map(\.field) ?? [])
        let held = Set(try await rows.secrets(of: connection.id).filter { $0.stage == .active }.map(\.field))
        let plain = fields.filter { !held.contains($0) }
        let account =
            connection.identity == nil
            ? "not known" : await names.name("account", of: connection.identity?.id ?? "")
        return DiagnosisBody.ConnectionFactsBody(
            name: await names.name("connection", of: connection.id.rawValue), account: account,
            connector: RecordedEvent.name(connection.connector), version: connector?.about.version ?? "not there",
            of: connection,
            config: Dictionary(plain.map { ($0, connection.config[$0] == nil ? "not given" : "given") }) { first, _ in
                first
            },
            secrets: held.intersection(fields).sorted(), schedule: card.schedule)
    }

    private var platform: [String: String] {
        let machine = ProcessInfo.processInfo
        return [
            "max": program.version, "system": machine.operatingSystemVersionString, "architecture": Self.architecture,
            "processors": "\(machine.activeProcessorCount)", "memory": Phrase.size(Int(machine.physicalMemory)),
        ]
    }

    private static var architecture: String {
        #if arch(arm64)
            "arm64"
        #elseif arch(x86_64)
            "x86_64"
        #else
            "another"
        #endif
    }

    private func vaultFacts() async -> [String: String] {
        guard let lock = await vault.lock() else {
            let locked = (try? await vault.locks()) ?? [:]
            return ["state": "ready", "connections that cannot be opened": "\(locked.count)"]
        }
        return ["state": "locked", "missing keys": "\(lock.missingKeys.count)"]
    }

    private var disk: [String: String] {
        let bounds = surroundings.diskBounds
        var facts = ["warning": Phrase.size(bounds.warning), "reserve": Phrase.size(bounds.reserve)]
        switch surroundings.headroom() {
        case .ample: facts["headroom"] = "ample"
        case .low(let left): facts["headroom"] = "low, \(Phrase.size(left)) left"
        case .exhausted(let left): facts["headroom"] = "exhausted, \(Phrase.size(left)) left"
        }
        return facts
    }

    private func storeFacts(_ store: any CollectedRows) async -> [String: String] {
        guard let condition = try? await store.inspect() else { return ["integrity": "cannot be read"] }
        return [
            "integrity": condition.faults == 0 ? "in order" : Phrase.count(condition.faults, "fault"),
            "size": Phrase.size(condition.bytes), "changes": "\(condition.changes.count)",
            "newest change": condition.changes.last ?? "none",
        ]
    }
}
