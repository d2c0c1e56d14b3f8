public import MaxCore
internal import Synchronization

/// The connectors at hand: names that are listed without loading, and modules that are loaded and checked once.
public final class ConnectorRegistry: Sendable {
    private let entries: [Entry]
    private let loads = Mutex<[String: Task<any Connector, any Error>]>([:])

    /// A connector's name, the way to load it, and its sandbox.
    public struct Entry: Sendable {
        /// The word people type.
        public let name: String
        /// A double of the provider that anyone can try the connector with.
        public let sandbox: (any ProviderSandbox)?
        let load: @Sendable () -> any Connector

        /// Creates an entry; `load` runs when the connector is first used.
        public init(
            _ name: String, sandbox: (any ProviderSandbox)? = nil, load: @escaping @Sendable () -> any Connector
        ) {
            self.name = name
            self.sandbox = sandbox
            self.load = load
        }
    }

    /// Creates a registry; of two entries with one name the first counts.
    public init(_ entries: [Entry]) {
        var seen: Set<String> = []
        self.entries = entries.filter { seen.insert($0.name).inserted }
    }

    /// The names in their order; nothing is loaded.
    public var names: [String] { entries.map(\.name) }

    /// The sandbox of the connector of that name.
    public func sandbox(of name: String) -> (any ProviderSandbox)? { entries.first { $0.name == name }?.sandbox }

    /// Loads the connector of that name and checks it, once however many ask at the same time.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `connector_unknown` or, telling the author every mistake,
    ///   `connector_broken`.
    public func connector(_ name: String) async throws -> any Connector {
        guard let entry = entries.first(where: { $0.name == name }) else { throw unknown(name) }
        let load = loads.withLock { loads in
            let load = loads[name] ?? Task { try await entry.loadChecked() }
            loads[name] = load
            return load
        }
        return try await load.value
    }

    private func unknown(_ name: String) -> MaxError {
        MaxError(
            .connectorUnknown, "There is no connector named \(name.quoted).",
            fix: "Choose one of: \(names.joined(separator: ", ")).")
    }
}

extension ConnectorRegistry.Entry {
    fileprivate func loadChecked() async throws -> any Connector {
        let connector = load()
        var mistakes = await connector.mistakes()
        if connector.about.name != name {
            mistakes.append(AuthorMistake("the registry calls it “\(name)”, its descriptor “\(connector.about.name)”"))
        }
        if !mistakes.isEmpty { throw broken(mistakes) }
        return connector
    }

    private func broken(_ mistakes: [AuthorMistake]) -> MaxError {
        MaxError(
            .connectorBroken,
            "The connector “\(name)” cannot be used: " + mistakes.map(\.sentence).joined(separator: "; ") + ".",
            fix: "Its author has to mend this.")
    }
}

extension MaxError.Code {
    /// No connector has that name.
    public static let connectorUnknown: Self = "connector_unknown"
    /// The connector's author made a mistake that registration found.
    public static let connectorBroken: Self = "connector_broken"
}

/// Something a connector's author should mend before the connector can be registered.
public struct AuthorMistake: Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, in a clause that names the place.
    public let sentence: String
    /// Creates a mistake.
    public init(_ sentence: String) { self.sentence = sentence }
    /// The sentence.
    public var description: String { sentence }
}
