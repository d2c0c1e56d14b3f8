internal import HTTPTypes
internal import Hummingbird
internal import MaxAccess
internal import MaxCore
internal import MaxHub
internal import MaxServer

extension Console {
    func addDoors(to router: Router<ServerContext>) {
        router.get("/welcome/:token") { _, context in try await welcome(context) }
        router.post("/welcome/:token") { request, context in try await choosePassphrase(request, context) }
        router.get("/signin") { request, context in try await showSignIn(request, context) }
        router.post("/signin") { request, context in try await signIn(request, context) }
        router.post("/signout") { request, context in try await signOut(request, context) }
    }

    private func welcome(_ context: ServerContext) async throws -> Response {
        let token = try context.part("token")
        guard try await access.welcomes(token) else { throw Self.welcomeSpent }
        return html(WelcomePage(token: token, csrf: context.csrf))
    }

    private func choosePassphrase(_ request: Request, _ context: ServerContext) async throws -> Response {
        let form = try context.checkedForm(request)
        let (token, passphrase) = (try context.part("token"), form["passphrase"] ?? "")
        guard try await access.welcomes(token) else { throw Self.welcomeSpent }
        guard passphrase == form["again"] else {
            let problem = ProblemPart("The two are not the same.", action: "Type the passphrase twice.")
            return html(WelcomePage(token: token, csrf: context.csrf, problem: problem), .unprocessableContent)
        }
        do {
            let signedIn = try await access.choosePassphrase(
                SecretValue(passphrase), with: token, by: context.visitor)
            var response = seeOther("/")
            response.signIn(signedIn.token, context)
            return response
        } catch let error as MaxError where error.code == .passphraseUnfit {
            let page = WelcomePage(token: token, csrf: context.csrf, problem: ProblemPart(error))
            return html(page, .unprocessableContent)
        }
    }

    private func showSignIn(_ request: Request, _ context: ServerContext) async throws -> Response {
        let next = ConsolePath.inside(request.word("next"))
        if case .owner = context.asker { return seeOther(next) }
        return html(SignInPage(isOwned: try await access.hasOwner(), next: next))
    }

    private func signIn(_ request: Request, _ context: ServerContext) async throws -> Response {
        let form = try context.checkedForm(request)
        let next = ConsolePath.inside(form["next"])
        do {
            let signedIn = try await access.signIn(
                SecretValue(form["passphrase"] ?? ""), by: context.visitor,
                replacing: context.sessionToken(request))
            var response = seeOther(next)
            response.signIn(signedIn.token, context)
            return response
        } catch let error as MaxError where Self.mendable.contains(error.code) {
            let page = SignInPage(isOwned: try await access.hasOwner(), next: next, problem: ProblemPart(error))
            let refusal = Refusal(error)
            var response = html(page, refusal.status)
            response.headers[.retryAfter] = refusal.headers[.retryAfter]
            return response
        }
    }

    private func signOut(_ request: Request, _ context: ServerContext) async throws -> Response {
        _ = try ownersForm(request, context)
        if let token = context.sessionToken(request) { try await access.signOut(token) }
        var response = seeOther("/signin")
        response.signOut(context)
        return response
    }

    /// What somebody at the door can do something about.
    private static let mendable: Set<MaxError.Code> = [.passphraseWrong, .tooManyAttempts, .ownerMissing]

    private static let welcomeSpent = Refusal(
        .gone, .linkSpent, "This link was used already, replaced by a newer one, or is older than a day.",
        fix: "Whoever keeps the machine can make another one.")
}
