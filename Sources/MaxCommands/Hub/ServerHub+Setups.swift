internal import MaxClient
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxSetup
internal import MaxWire

extension ServerHub {
    /// Those that this login began, or that the owner handed to it.
    func setups() async throws -> [SetupBody] {
        let me = try await client.me().id
        return try await client.setups().filter { $0.agents.contains(me) }
    }

    func startSetup(_ connector: String, name: String?) async throws -> SetupScene {
        try await scene(client.startSetup(SetupRequestBody(connector: connector, name: name)))
    }

    func startMending(_ connection: ConnectionBody) async throws -> SetupScene {
        try await scene(client.startSetup(SetupRequestBody(reconnect: connection.id)))
    }

    func setup(_ id: String) async throws -> SetupScene { try await scene(client.setup(id)) }

    func answer(_ scene: SetupScene, _ answer: FlowAnswer, report: SetupReport?) async throws -> SetupScene {
        let body = try SetupAnswerBody(answer, to: scene.setup.revision)
        let next = try await watching(scene, report) {
            try await self.scene(client.answerSetup(scene.setup.id, body))
        }
        if let ladder = next.ladder(since: scene) { report?(ladder) }
        return next
    }

    /// Does something, and tells meanwhile how far a check of the setup has climbed.
    private func watching(
        _ scene: SetupScene, _ report: SetupReport?, _ work: @escaping @Sendable () async throws -> SetupScene
    ) async throws -> SetupScene {
        guard let report else { return try await work() }
        return try await withThrowingTaskGroup(of: SetupScene?.self) { group in
            defer { group.cancelAll() }
            group.addTask { try await work() }
            group.addTask {
                // What is only watched may break off; the work goes on.
                try? await tell(scene.setup.id, report)
                return nil
            }
            while let result = try await group.next() { if let result { return result } }
            throw CancellationError()
        }
    }

    /// Tells how far the checks of a setup climb, as long as the server says so.
    private func tell(_ setup: String, _ report: SetupReport) async throws {
        for try await event in client.setupEvents(setup) {
            let view = try client.body(of: event, as: Client.SetupStanding.self).view
            if view.kind == "working", let rungs = view.ladder { report(Ladder(rungs)) }
        }
    }

    func goBack(from scene: SetupScene) async throws -> SetupScene {
        try await self.scene(client.goBack(in: scene.setup.id, from: scene.setup.revision))
    }

    /// Has the reply of the call that is under way, which the server makes again where nobody makes it.
    func resume(_ scene: SetupScene, report: SetupReport?) async throws -> SetupScene {
        do { return try await answer(scene, .retry, report: report) } catch let error as MaxError
            where Self.tooLate.contains(error.code)
        {
            let next = try await setup(scene.setup.id)
            if let ladder = next.ladder(since: scene) { report?(ladder) }
            return next
        }
    }

    /// What asking again fails with when the call is over.
    private static let tooLate: Set<MaxError.Code> = [.revisionStale, .setupEnded, "answer_misplaced", "owner_needed"]

    func awaitOwner(at scene: SetupScene, report: SetupReport?) async throws -> SetupScene {
        for try await event in client.setupEvents(scene.setup.id) {
            let standing = try client.body(of: event, as: Client.SetupStanding.self)
            let isElsewhere = standing.setup.revision != scene.setup.revision || standing.view.kind != "open"
            guard isElsewhere else { continue }
            let next = try await self.scene(standing)
            if !next.isWorking, let ladder = next.ladder(since: scene) { report?(ladder) }
            return next
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
            view: try standing.view.view(of: client.server), notices: standing.view.notices ?? [], standing: standing)
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
