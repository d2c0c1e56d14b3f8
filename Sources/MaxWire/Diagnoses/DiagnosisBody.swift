package import Foundation
package import MaxCore
package import MaxHub

/// What is known of a connection and of the machine it is on, for somebody who is to help and must not learn whose it is.
///
/// There is no place in it for a name, an address, a secret, a host, a path, a sentence of a provider's, or anything
/// collected: only names of the program's own, numbers, times, and pseudonyms.
package struct DiagnosisBody: Codable, Sendable, Hashable {
    /// The version of this form.
    package var form = 1
    package let madeAt: Date
    /// Max and the machine, by name.
    package let platform: [String: String]
    package let connection: ConnectionFactsBody
    package let health: HealthFactsBody
    package let runs: [RunFactsBody]
    package let recordings: [RecordingBody]
    /// Each setting, and whether it is given.
    package let settings: [String: String]
    package let vault: [String: String]
    package let disk: [String: String]
    package let store: [String: String]

    package init(
        madeAt: Date, platform: [String: String], connection: ConnectionFactsBody, health: HealthFactsBody,
        runs: [RunFactsBody], recordings: [RecordingBody], settings: [String: String], vault: [String: String],
        disk: [String: String], store: [String: String]
    ) {
        self.madeAt = madeAt
        self.platform = platform
        self.connection = connection
        self.health = health
        self.runs = runs
        self.recordings = recordings
        self.settings = settings
        self.vault = vault
        self.disk = disk
        self.store = store
    }

    /// The connection, by pseudonyms.
    package struct ConnectionFactsBody: Codable, Sendable, Hashable {
        package let name: String
        package let account: String
        package let connector: String
        package let version: String
        package let state: String
        package let sandbox: Bool
        /// The fields of its config by their names in the connector, and whether they are answered.
        package let config: [String: String]
        /// The secrets that are held, by their names in the connector.
        package let secrets: [String]
        package let createdAt: Date
        package let activatedAt: Date?
        /// How many seconds lie between two syncs.
        package let every: Int
        /// Whether its owner chose that.
        package let everyIsOwn: Bool

        package init(
            name: String, account: String, connector: String, version: String, of connection: Connection,
            config: [String: String], secrets: [String], schedule: ConnectionSchedule
        ) {
            (self.name, self.account, self.connector, self.version) = (name, account, connector, version)
            (state, sandbox) = (connection.state.rawValue, connection.isSandbox)
            (self.config, self.secrets) = (config, secrets)
            (createdAt, activatedAt) = (connection.createdAt, connection.activatedAt)
            (every, everyIsOwn) = (Int(schedule.interval), schedule.isOwn)
        }
    }

    /// How it is, on each of the three axes.
    package struct HealthFactsBody: Codable, Sendable, Hashable {
        package let headline: String
        package let setup: String
        package let sync: String
        package let freshness: String
        package let action: String?
        package let freshAt: Date?
        package let nextAt: Date?
        package let records: Int
        package let problem: CauseBody?
        /// The failures in a row that have one cause.
        package let setbacks: Int

        package init(_ health: ConnectionHealth) {
            (headline, setup, sync) = (health.headline.rawValue, health.setup.rawValue, health.sync.rawValue)
            (freshness, action) = (health.freshness.rawValue, health.action?.kind)
            (freshAt, nextAt, records) = (health.freshAt, health.nextAt, health.records)
            problem = health.problem.map { CauseBody($0) }
            setbacks = health.setback?.count ?? 0
        }
    }

    /// A sync, by a pseudonym.
    package struct RunFactsBody: Codable, Sendable, Hashable {
        package let name: String
        package let state: String
        package let mode: String
        package let requestedAt: Date
        package let startedAt: Date?
        package let endedAt: Date?
        package let counts: [String: CountBody]
        /// Of each stage: lists known, over, failed.
        package let stages: [String: [Int]]
        package let problem: CauseBody?
        package let missing: [CauseBody]

        package init(_ run: Run, called name: String) {
            self.name = name
            (state, mode) = (run.isStalled ? "broken_off" : run.state.rawValue, run.scope.mode.rawValue)
            (requestedAt, startedAt, endedAt) = (run.requestedAt, run.startedAt, run.endedAt)
            counts = run.progress.counts.mapValues { CountBody($0) }
            stages = Dictionary(run.progress.stages.map { ($0.way, [$0.known, $0.over, $0.failed]) }) { first, _ in
                first
            }
            problem = run.ending?.problem.map { CauseBody($0) }
            missing = run.ending?.missing.map { CauseBody($0.problem, of: $0.entity, count: $0.count) } ?? []
        }
    }

    /// A problem by its name, without its sentence.
    package struct CauseBody: Codable, Sendable, Hashable {
        package let code: String
        package let kind: String
        package let rung: String?
        package let entity: String?
        package let count: Int?

        package init(_ problem: Problem, of entity: String? = nil, count: Int? = nil) {
            code = RecordedEvent.name(problem.code)
            (kind, rung) = (problem.kind.rawValue, problem.rung?.rawValue)
            (self.entity, self.count) = (entity, count)
        }
    }
}
