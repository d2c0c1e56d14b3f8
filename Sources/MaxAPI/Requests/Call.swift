internal import Hummingbird
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxServer

/// One request to a route: who asks, what was said, and whom to ask for it.
struct Call: Sendable {
    let services: Services
    /// Who asks; nil where anyone may.
    let caller: Caller?
    let said: Statements
    /// What was sent with it; null when nothing was.
    let body: JSON
    let request: Request
    let context: ServerContext

    var engines: Engines { services.engines }

    /// What a parameter says.
    subscript(parameter: Parameter) -> String? { said.texts[parameter.name] }

    /// What a parameter says that cannot be left out.
    func text(_ parameter: Parameter) -> String { said.texts[parameter.name] ?? "" }

    /// What a parameter with a number says, or what it means left out.
    func number(_ parameter: Parameter) -> Int { said.numbers[parameter.name] ?? parameter.fallback ?? 0 }

    /// What was sent, as a value; its shape was checked before.
    func body<Body: Decodable>(as type: Body.Type) throws -> Body { try (body.isNull ? [:] : body).decode(type) }

    /// The connection that a part of the path means: by its id or its short name.
    func connection(_ word: String) async throws -> Connection {
        if let connection = try await engines.rows.connection(ConnectionID(rawValue: word)) { return connection }
        if let connection = try await engines.rows.connection(slug: word) { return connection }
        throw MaxError(
            .connectionNotFound, "There is no connection \(word.shown(atMost: 64).quoted).",
            fix: "List them with GET /v1/connections.")
    }

    /// Whether who asks may see connections.
    var mayRead: Bool {
        switch caller {
        case .owner: true
        case .agent(let agent): agent.scopes.contains(.read)
        case nil: false
        }
    }
}

/// What the parameters of a request say.
struct Statements: Sendable {
    var texts: [String: String] = [:]
    var numbers: [String: Int] = [:]
}
