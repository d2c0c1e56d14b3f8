internal import HTTPTypes
internal import Hummingbird
internal import MaxAccess
internal import MaxCore
internal import MaxHub
internal import MaxServer

extension Console {
    func addAccess(to router: Router<ServerContext>) {
        router.get("/access") { request, context in try await showAccess(request, context) }
        router.post("/access/agents/:id/revoke") { request, context in
            _ = try ownersForm(request, context)
            try await access.revoke(AgentID(rawValue: context.part("id")))
            return seeOther("/access", .revoked)
        }
        router.post("/access/places/:id/revoke") { request, context in
            _ = try ownersForm(request, context)
            try await access.revoke(OwnerSessionID(rawValue: context.part("id")))
            return seeOther("/access", .revoked)
        }
        router.get("/device") { request, context in try await showDevice(request, context) }
        router.post("/device") { request, context in try await decideDevice(request, context) }
    }

    private func showAccess(_ request: Request, _ context: ServerContext) async throws -> Response {
        let setting = try await setting(request, context)
        let page = AccessPage(
            agents: try await access.agents(), sessions: try await access.sessions(),
            here: try context.requireOwner().id, setting)
        return html(page)
    }

    private func showDevice(_ request: Request, _ context: ServerContext) async throws -> Response {
        let setting = try await setting(request, context)
        let owner = try context.requireOwner()
        guard let code = request.word("code") ?? request.word("user_code"), !code.isEmpty else {
            return html(DevicePage(setting))
        }
        do { return html(DevicePage(try await access.grant(code, by: owner), setting)) } catch let error as MaxError
            where Self.retypable.contains(error.code)
        {
            return html(DevicePage(code: code, problem: ProblemPart(error), setting), Refusal.status(of: error.code))
        }
    }

    private func decideDevice(_ request: Request, _ context: ServerContext) async throws -> Response {
        let form = try ownersForm(request, context)
        let (setting, owner) = (try await setting(request, context), try context.requireOwner())
        let code = form["code"] ?? ""
        do {
            if form["do"] == "deny" {
                try await access.deny(code, by: owner)
                return seeOther("/access", .denied)
            }
            let scopes = Set(form.all("scope").compactMap(AgentScope.init(rawValue:)))
            guard !scopes.isEmpty else {
                let problem = ProblemPart("Allow at least one thing, or turn it away.")
                let page = DevicePage(try await access.grant(code, by: owner), problem: problem, setting)
                return html(page, .unprocessableContent)
            }
            let grant = try await access.approve(code, scopes: scopes, by: owner)
            return html(DevicePage(done: "\(grant.name) is let in. It goes on by itself.", setting))
        } catch let error as MaxError where Self.retypable.contains(error.code) {
            return html(DevicePage(code: code, problem: ProblemPart(error), setting), Refusal.status(of: error.code))
        }
    }

    /// What the owner mends by typing the code again.
    private static let retypable: Set<MaxError.Code> = [.userCodeUnknown, .tooManyAttempts]
}
