internal import MaxConnector
internal import MaxCore
internal import Synchronization

/// A connector whose connections are assembled with other answers for as long as that is asked for.
final class Detour: Connector {
    private let base: any Connector
    private let answers = Mutex<[String: JSON]>([:])

    init(to base: any Connector) { self.base = base }

    var about: ConnectorDescriptor { base.about }
    var schema: ConnectorSchema { base.schema }
    var flow: FlowDefinition { base.flow }

    func install(
        _ config: [String: JSON], version: Int, _ credentials: CredentialProvider, _ upstream: any Upstream
    ) throws -> InstalledConnector {
        let answers = answers.withLock { $0 }
        return try base.install(config.merging(answers) { $1 }, version: version, credentials, upstream)
    }

    func mistakes() async -> [AuthorMistake] { await base.mistakes() }

    /// Answers a question differently from now on.
    func take(_ field: String, _ answer: JSON) { answers.withLock { $0[field] = answer } }

    /// Answers as the connection does again.
    func leave() { answers.withLock { $0 = [:] } }
}
