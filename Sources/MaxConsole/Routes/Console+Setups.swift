internal import HTTPTypes
internal import Hummingbird
internal import MaxAccess
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxServer
internal import MaxSetup

extension Console {
    func addSetups(to router: Router<ServerContext>) {
        router.get("/setups/:id") { request, context in try await showSetup(request, context) }
        router.post("/setups/:id") { request, context in try await answerSetup(request, context) }
        router.get("/link/:token") { request, context in try await showLink(request, context) }
        router.post("/link/:token") { request, context in try await openLink(request, context) }
    }

    private func showSetup(_ request: Request, _ context: ServerContext) async throws -> Response {
        let setting = try await setting(request, context)
        let id = SessionID(rawValue: try context.part("id"))
        do {
            let reply = try await engines.setup.view(id)
            let scene = try await finishedScene(reply, setting)
            let page = SetupPage(
                reply, query: request.word("q") ?? "", typed: typed.lines(of: reply.session), scene: scene,
                setting)
            return html(page)
        } catch let error as MaxError where error.code == .setupEnded {
            return seeOther("/", .over)
        }
    }

    /// The account that a setup made, with its first sync.
    private func finishedScene(_ reply: SetupReply, _ setting: PageSetting) async throws -> FinishedScene? {
        guard case .finished(let view) = reply.view,
            let connection = try await engines.rows.connection(view.connection)
        else { return nil }
        return FinishedScene(connection: connection, sync: try await newestSync(of: connection, setting))
    }

    /// The newest sync of an account; nil before there is one.
    private func newestSync(of connection: Connection, _ setting: PageSetting) async throws -> SyncScene? {
        guard let run = try await engines.requireStore().runs(of: connection.id, limit: 1).first else { return nil }
        return try await scene(of: run, connection, setting)
    }

    private func answerSetup(_ request: Request, _ context: ServerContext) async throws -> Response {
        let form = try ownersForm(request, context)
        let id = SessionID(rawValue: try context.part("id"))
        if form["do"] == "cancel" { return try await cancel(id) }
        return try await context.whileClientStays { try await answered(form, id) }
    }

    private func answered(_ form: TypedForm, _ id: SessionID) async throws -> Response {
        do {
            try await take(form, for: id)
            return seeOther(ConsolePath.setup(id))
        } catch let error as MaxError where Self.misplaced.contains(error.code) {
            return seeOther(ConsolePath.setup(id), .moved)
        } catch let error as MaxError where error.code == .setupEnded {
            return seeOther("/", .over)
        }
    }

    /// What an answer fails with that came too late, twice, or from another window.
    private static let misplaced: Set<MaxError.Code> = [.revisionStale, "answer_misplaced", "nothing_before"]

    private func cancel(_ id: SessionID) async throws -> Response {
        do { try await engines.setup.cancel(id) } catch let error as MaxError where error.code == .setupEnded {
            return seeOther("/", .over)
        }
        return seeOther("/", .cancelled)
    }

    /// Hands what was typed or pressed to the one setup engine.
    private func take(_ form: TypedForm, for id: SessionID) async throws {
        let shown = try await engines.setup.view(id)
        if case .finished = shown.view { return }
        guard let revision = form["revision"].flatMap({ Int($0) }), revision == shown.session.revision else {
            throw MaxError(.revisionStale, "This setup has moved on.")
        }
        switch form["do"] {
        case "back": _ = try await engines.setup.back(id, revision: revision)
        case "resume": _ = try await engines.setup.resume(id)
        default:
            let answer = form.answer(to: shown.view)
            typed.keep(form, of: try await engines.setup.answer(id, revision: revision, answer))
        }
    }

    private func showLink(_ request: Request, _ context: ServerContext) async throws -> Response {
        let setting = try await setting(request, context)
        let path = "/link/\(try context.part("token").escapedInPath)"
        let page = MessagePage(
            "An agent began a setup for you",
            "The next step is yours: it may ask for a secret, and no agent ever sees one.",
            action: ActionPart("Continue setup", post: PostPart(url: path, csrf: setting.csrf)),
            frame: setting.frame("Continue setup"))
        return html(page)
    }

    private func openLink(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try ownersForm(request, context)
        let setup = try await access.open(context.part("token"), by: context.requireOwner())
        return seeOther(ConsolePath.setup(setup))
    }
}

extension TypedForm {
    /// What a form says to the question at hand.
    func answer(to view: FlowView) -> FlowAnswer {
        switch (self["do"], view) {
        case ("sandbox", _): .useSandbox()
        case ("search", _): .search(self["query"] ?? "")
        case (_, .form(let form)) where form.fields.isEmpty: .retry
        case (_, .form(let form)): .submit(answers(to: form.fields))
        case (_, .choice(let choice)): .choose(all(FieldPlace.name(of: choice.field)))
        case (_, .working), (_, .open), (_, .refused), (_, .finished): .retry
        }
    }
}
