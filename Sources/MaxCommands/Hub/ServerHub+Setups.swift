internal import MaxClient
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxSetup
internal import MaxWire

extension ServerHub {
    func setups() async throws -> [SetupBody] { try await client.setups() }

    func startSetup(_ connector: String, name: String?) async throws -> SetupScene {
        try await scene(client.startSetup(SetupRequestBody(connector: connector, name: name)))
    }

    func startMending(_ connection: ConnectionBody) async throws -> SetupScene {
        try await scene(client.startSetup(SetupRequestBody(reconnect: connection.id)))
    }

    func setup(_ id: String) async throws -> SetupScene { try await scene(client.setup(id)) }

    func answer(_ scene: SetupScene, _ answer: FlowAnswer, report: SetupReport?) async throws -> SetupScene {
        let body = try SetupAnswerBody(answer, to: scene.setup.revision)
        return try await self.scene(client.answerSetup(scene.setup.id, body))
    }

    func goBack(from scene: SetupScene) async throws -> SetupScene {
        try await self.scene(client.goBack(in: scene.setup.id, from: scene.setup.revision))
    }

    /// Waits for the call that is under way, and has it made again when nothing comes of it.
    func resume(_ scene: SetupScene, report: SetupReport?) async throws -> SetupScene {
        for _ in 0..<Self.looks {
            let now = try await setup(scene.setup.id)
            guard case .shown(.working) = now.view else { return now }
            try await Task.sleep(for: Self.pause)
        }
        return try await answer(setup(scene.setup.id), .retry, report: report)
    }

    private static let looks = 40
    private static let pause = Duration.milliseconds(500)

    func awaitOwner(at scene: SetupScene) async throws -> SetupScene {
        for try await event in client.setupEvents(scene.setup.id) {
            let standing = try client.body(of: event, as: Client.SetupStanding.self)
            let isElsewhere = standing.setup.revision != scene.setup.revision || standing.view.kind != "open"
            if isElsewhere { return try await self.scene(standing) }
        }
        return try await setup(scene.setup.id)
    }

    func abandon(_ scene: SetupScene) async {
        let ending = Task { try await client.cancelSetup(scene.setup.id) }
        _ = try? await ending.value
    }

    func check(_ answers: AnswerOptions, _ given: [String: GivenValue], for connector: String) async throws {
        guard answers.secretOptions.isEmpty else {
            throw MaxError(
                "options_invalid",
                "A secret does not travel through a program: the owner types it on the server's own page.",
                fix: "Leave out \(answers.secretOptions.joined(separator: " and ")), and open the link that is shown.")
        }
        guard let known = try? await program.registry.connector(connector) else { return }
        try await answers.requireHiddenSecrets(for: known)
        try await program.registry.check(given, for: connector, asks: true, sandbox: true)
    }

    func sandbox(of connector: String) async throws -> SandboxWords? { nil }

    private func scene(_ standing: Client.SetupStanding) async throws -> SetupScene {
        let about = try? await program.registry.connector(standing.setup.connector).about
        return SetupScene(
            setup: standing.setup, provider: about?.displayName ?? standing.setup.connector,
            view: try standing.view.view(of: client.server), notices: standing.view.notices ?? [])
    }
}

extension SetupAnswerBody {
    /// Puts an answer into its form for sending; there is none for a secret.
    fileprivate init(_ answer: FlowAnswer, to revision: Int) throws {
        self.init(revision: revision)
        switch answer {
        case .submit(let given): fields = try Self.plain(given)
        case .choose(let values): choose = values
        case .search(let words): search = words
        case .useSandbox(let given):
            useSandbox = true
            fields = given.isEmpty ? nil : try Self.plain(given)
        case .retry: retry = true
        }
    }

    private static func plain(_ given: [String: GivenValue]) throws -> [String: JSON] {
        try given.mapValues { value in
            switch value {
            case .plain(let json): return json
            case .secret:
                throw MaxError("owner_needed", "This question is for the owner alone.", fix: "Let the owner answer it.")
            }
        }
    }
}
