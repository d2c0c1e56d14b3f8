internal import HTTPTypes
package import Hummingbird
internal import Logging
internal import MaxCore
internal import MaxHub
internal import MaxWire
internal import NIOCore

/// The way of every request through the server: it is read, reviewed, answered by a route within its time, and noted.
package struct FloorResponder: HTTPResponder {
    let reading: RequestReading
    let asking: AskerReading
    let router: RouterResponder<ServerContext>
    let map: RouteMap
    let faces: [any ServerRoutes]
    let surroundings: Surroundings
    let ledger: Ledger

    /// Answers a request; whatever goes wrong is an answer too.
    package func respond(to request: Request, context: ServerContext) async throws -> Response {
        let start = ContinuousClock.now
        var context = context
        context.ledger = ledger
        context.requestID = "req_" + surroundings.word()
        reading.describe(request, in: &context)
        var response = await answer(request, &context)
        response.secure(for: context)
        ledger.note(request, response, context, took: ContinuousClock.now - start)
        return response
    }

    private func answer(_ request: Request, _ context: inout ServerContext) async -> Response {
        do {
            try reading.review(request, context)
            if !HealthRoutes.isOwn(request.uri.path) { try await asking.identify(request, in: &context) }
            try await asking.review(request, in: &context)
            let response = try await route(request, context)
            guard response.isWordless else { return response }
            throw response.status == .notFound ? map.refusal(for: request) : Refusal(wordless: response)
        } catch {
            return await tell(Refusal(judging: error, logger: context.logger), request, context)
        }
    }

    private func route(_ request: Request, _ context: ServerContext) async throws -> Response {
        try await withDeadline(context.limits.work, or: Refusal.tooSlow) { [router] in
            try await router.respond(to: request, context: context)
        }
    }

    /// Has the face tell of a refusal that the path belongs to.
    private func tell(_ refusal: Refusal, _ request: Request, _ context: ServerContext) async -> Response {
        let face = faces.first { $0.owns(request.uri.path) }
        var response = await face?.response(to: refusal, request, context) ?? .plain(refusal)
        for field in refusal.headers { response.headers[field.name] = field.value }
        if refusal.isLast { response.headers[.connection] = "close" }
        return request.method == .head ? response.withoutBody : response
    }
}

extension Refusal {
    /// Judges an error, and notes one that nobody foresaw.
    fileprivate init(judging error: any Error, logger: Logger) {
        self.init(error)
        if problem.code == Refusal.unforeseen.problem.code {
            logger.error("unforeseen", metadata: ["error": "\(error)"])
        }
    }

    /// Gives words to an answer of the router's own that has none.
    fileprivate init(wordless response: Response) {
        self.init(response.status, "refused", "\(response.status.reasonPhrase).", headers: response.headers)
    }
}

extension Response {
    /// Whether it says that something is wrong and nothing else.
    fileprivate var isWordless: Bool { status.code >= 400 && body.contentLength == 0 }

    /// The same as it answers `HEAD`.
    fileprivate var withoutBody: Response { createHeadResponse() }

    /// A refusal on a line for people.
    fileprivate static func plain(_ refusal: Refusal) -> Response {
        let problem = refusal.problem
        let text = [problem.message, problem.fix].compactMap(\.self).joined(separator: " ") + "\n"
        return Response(
            status: refusal.status, headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
