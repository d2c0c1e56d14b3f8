internal import HTTPTypes
internal import Hummingbird
internal import MaxCore
internal import MaxHub
internal import MaxServer

/// A route at work: admits who asks, reads what is said, does it, and answers.
struct Endpoint: Sendable {
    let route: Route
    let services: Services

    /// Answers a request.
    ///
    /// - Throws: What is wrong with it, for ``API`` to tell in its own form.
    func answer(_ request: Request, _ context: ServerContext) async throws -> Response {
        do {
            let caller = try route.admission.admit(context)
            let said = try route.read(request, context)
            let body = try await route.readBody(request, context)
            let call = Call(
                services: services, caller: caller, said: said, body: body, request: request, context: context)
            guard route.endsWithClient else { return try await perform(call).response(to: request) }
            return try await context.whileClientStays { try await perform(call) }.response(to: request)
        } catch let refusal as DeviceRefusal {
            return try refusal.answer.response(to: request)
        }
    }

    private func perform(_ call: Call) async throws -> Answer {
        guard route.isRepeatable, let word = call[.idempotencyKey], let caller = call.caller else {
            return try await route.handler(call)
        }
        guard (1...255).contains(word.utf8.count) else {
            throw Refusal(
                .badRequest, "parameter_invalid", "An Idempotency-Key has 1 to 255 characters.", fix: "Take another.")
        }
        let key = Repeats.Key(asker: caller.id, route: "\(route.method) \(call.request.uri.path)", word: word)
        let said = "\(call.request.uri.query ?? "") \(call.request.headers[.ifMatch] ?? "") \(call.body.text)"
        return try await services.repeats.once(key, Fingerprint(of: said.utf8)) { try await route.handler(call) }
    }
}

extension Caller {
    /// What tells askers apart.
    var id: String {
        switch self {
        case .owner(let session): session.id.rawValue
        case .agent(let agent): agent.id.rawValue
        }
    }
}
