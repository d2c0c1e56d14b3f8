internal import HTTPTypes
internal import MaxCore
internal import MaxHub

/// What the server itself refuses, whatever is asked for.
extension Refusal {
    // MARK: Who asks

    static let signInNeeded = Refusal(
        .unauthorized, "sign_in_needed", "Only the owner, or an agent that the owner let in, may see this.",
        fix: "Sign in, or send an agent's token.", headers: [.wwwAuthenticate: #"Bearer realm="max""#])

    static let signedOut = Refusal(
        .unauthorized, "signed_out", "What was sent to show who asks is not valid, or not any more.",
        fix: "Sign in again, or let the agent in anew.",
        headers: [.wwwAuthenticate: #"Bearer realm="max", error="invalid_token""#])

    static let ownerOnly = Refusal(
        .forbidden, "owner_only", "Only the owner may do this.", fix: "Ask the owner to do it.")

    static let agentOnly = Refusal(
        .forbidden, "agent_only", "Only an agent can ask this.", fix: "Ask with an agent's token.")

    static func scopeMissing(_ scope: AgentScope) -> Refusal {
        Refusal(
            .forbidden, "scope_missing", "This agent may not do that: it lacks the scope \(scope.rawValue).",
            fix: "Ask the owner to let it in with that scope.",
            headers: [
                .wwwAuthenticate: #"Bearer realm="max", error="insufficient_scope", scope="\#(scope.rawValue)""#
            ])
    }

    // MARK: Where a request comes from

    static let foreignPage = Refusal(
        .forbidden, "foreign_page", "This was sent by a page of another site, and was not done.",
        fix: "Open Max itself and do it there.")

    static let foreignForm = Refusal(
        .forbidden, "form_stale", "This page was open for too long, or belongs to another sign-in. Nothing was done.",
        fix: "Load the page again and repeat what you did.")

    static let hostMissing = Refusal(
        .badRequest, "host_missing", "The request does not say which server it is for.", fix: "Send one Host header."
    ).last

    static let hostForeign = Refusal(
        .misdirectedRequest, "host_foreign", "This server is not known by the name in the address.",
        fix: "Use the address that max serve printed, or tell it the public one with MAX_PUBLIC_URL."
    ).last

    static let targetUnfit = Refusal(
        .badRequest, "target_unfit", "The request's target is not a path.", fix: "Begin it with a slash."
    ).last

    // MARK: What is sent

    static let formMissing = Refusal(
        .unsupportedMediaType, "form_missing", "A form was expected.",
        fix: "Send application/x-www-form-urlencoded.")

    static let formUnreadable = Refusal(
        .badRequest, "form_unreadable", "The form cannot be read.",
        fix: "Send application/x-www-form-urlencoded in UTF-8.")

    static func bodyTooLarge(_ limit: Int) -> Refusal {
        Refusal(
            .contentTooLarge, "body_too_large", "This is larger than the \(limit >> 10) KB that are read here.",
            fix: "Send less."
        ).last
    }

    static let bodyBroken = Refusal(
        .badRequest, "body_broken", "The request broke off before it was over.", fix: "Send it again."
    ).last

    static let bodySlow = Refusal(
        .requestTimeout, "body_slow", "The rest of the request did not come in time.", fix: "Send it again."
    ).last

    // MARK: What is there

    static let nothingThere = Refusal(.notFound, "not_found", "There is nothing at this address.")

    static func methodUnfit(_ methods: [String]) -> Refusal {
        Refusal(
            .methodNotAllowed, "method_not_allowed", "This address does not take that method.",
            fix: "Use \(methods.joined(separator: " or ")).", headers: [.allow: methods.joined(separator: ", ")])
    }

    // MARK: What the machine can do

    static let tooSlow = Refusal(
        .serviceUnavailable, "too_slow", "This took too long and was given up.", fix: "Try again.",
        headers: [.retryAfter: "5"]
    ).last

    static let stopping = Refusal(
        .serviceUnavailable, "stopping", "Max is being stopped.", fix: "Try again in a moment.",
        headers: [.retryAfter: "5"]
    ).last

    static let unforeseen = Refusal(
        .internalServerError, "unforeseen", "Something went wrong that Max did not foresee.",
        fix: "Look for the request's id in the server's log.")

    /// The same with the connection closed after it.
    private var last: Refusal {
        var refusal = self
        refusal.isLast = true
        return refusal
    }
}
