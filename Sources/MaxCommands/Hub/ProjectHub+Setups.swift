internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxSetup
internal import MaxWire

extension ProjectHub {
    func setups() async throws -> [SetupBody] { try await desk.setup.unfinished().map { SetupBody($0) } }

    func startSetup(_ connector: String, name: String?) async throws -> SetupScene {
        SetupScene(try await desk.setup.start(connector, name: name))
    }

    func startMending(_ connection: ConnectionBody) async throws -> SetupScene {
        SetupScene(try await desk.setup.reconnect(desk.rows.connection(named: connection.id)))
    }

    func setup(_ id: String) async throws -> SetupScene {
        SetupScene(try await desk.setup.view(SessionID(rawValue: id)))
    }

    func answer(_ scene: SetupScene, _ answer: FlowAnswer, report: SetupReport?) async throws -> SetupScene {
        SetupScene(
            try await desk.setup.answer(scene.key, revision: scene.setup.revision, answer, report: report))
    }

    func goBack(from scene: SetupScene) async throws -> SetupScene {
        SetupScene(try await desk.setup.back(scene.key, revision: scene.setup.revision))
    }

    func resume(_ scene: SetupScene, report: SetupReport?) async throws -> SetupScene {
        SetupScene(try await desk.setup.resume(scene.key, report: report))
    }

    /// Here every step is the owner's, who sits at this terminal.
    func awaitOwner(at scene: SetupScene, report: SetupReport?) async throws -> SetupScene {
        try await setup(scene.setup.id)
    }

    func abandon(_ scene: SetupScene) async {
        let ending = Task { try await desk.setup.cancel(scene.key) }
        _ = try? await ending.value
    }

    func check(_ answers: AnswerOptions, _ given: [String: GivenValue], for connector: String) async throws {
        try await answers.requireHiddenSecrets(for: desk.registry.connector(connector))
        try await desk.registry.check(given, for: connector, asks: true, sandbox: true)
    }

    func sandbox(of connector: String) async throws -> SandboxWords? {
        let endpoint = try await engines.sandboxes.endpoint(of: connector)
        return SandboxWords(address: endpoint.url.absoluteString, page: endpoint.page.absoluteString)
    }
}

extension SetupScene {
    fileprivate init(_ reply: SetupReply) {
        setup = SetupBody(reply.session)
        provider = reply.connector.displayName
        view = .shown(reply.view)
        notices = reply.session.state.notices
    }

    fileprivate var key: SessionID { SessionID(rawValue: setup.id) }
}
