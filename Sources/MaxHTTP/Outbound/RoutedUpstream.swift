internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import Synchronization

/// One connection's or setup's way to its provider.
final class RoutedUpstream: Upstream {
    private let route: UpstreamRoute
    private let rules: RouteRules
    private let gate: OperationGate
    private let transport: Transport
    private let climbed = Mutex<Set<Rung>>([])
    /// Whether a connection broke since the last dialling, so that others that seem to stand are not believed.
    private let hasBroken = Mutex(false)
    private let lines: LineDesk

    init(route: UpstreamRoute, gate: OperationGate, transport: Transport, lines: LineDesk) {
        self.route = route
        rules = RouteRules(route)
        self.gate = gate
        self.transport = transport
        self.lines = lines
    }

    func send(_ request: UpstreamRequest, as operation: UpstreamOperation) async throws -> UpstreamResponse {
        do {
            let asked = ContinuousClock.now
            let answer = try await gate.pass(operation) {
                self.noteWait(since: asked, operation)
                return try await self.believable(request, operation)
            }
            tell(.passed(request.rung))
            Revalidation.current?.note(request.revalidates ? answer.entityTag : nil)
            return answer
        } catch {
            climbed.withLock { $0 = [] }
            if let rung = (error as? Problem)?.rung, rung <= .answer { hasBroken.withLock { $0 = true } }
            if !(error is NotModified) { Revalidation.current?.note(nil) }
            throw error
        }
    }

    func open(_ line: LineRequest, as operation: UpstreamOperation) async throws -> any UpstreamLine {
        let place = try await gate.take(operation)
        do { return try await dial(line, holding: place) } catch {
            climbed.withLock { $0 = [] }
            route.recorder?.note(.call, operation.name) { event in
                event.method = "LINE"
                event.fail(error)
            }
            place.leave(because: error as? Problem)
            throw error
        }
    }

    /// Sends a request, and believes that its credential is refused only where its witness says so too.
    ///
    /// A credential that was good before is also asked for a second time where the request is its own witness.
    private func believable(
        _ request: UpstreamRequest, _ operation: UpstreamOperation
    ) async throws -> UpstreamResponse {
        do {
            return try await answer(to: request, operation)
        } catch let problem as Problem where problem.kind == .auth && problem.rung == .signIn {
            guard let witness = request.witness, request.authorization != nil else { throw problem }
            guard witness != request.url else {
                guard route.stopsAfterRefusal else { throw problem }
                return try await gate.counting(operation) { try await self.answer(to: request, operation) }
            }
            var question = UpstreamRequest.get(witness)
            (question.headers, question.authorization) = (request.headers, request.authorization)
            question.reading = request.reading
            _ = try await gate.counting(operation) { [question] in try await self.answer(to: question, operation) }
            throw Problem.refusedInPassing(rules.provider)
        }
    }

    /// Sends a request, follows its redirects and judges the answer, all before the deadline.
    private func answer(
        to request: UpstreamRequest, _ operation: UpstreamOperation
    ) async throws -> UpstreamResponse {
        let deadline = Deadline(after: route.deadline)
        var hop = RequestHop(request: request)
        for step in 0...transport.limits.redirects {
            var note = CallNote(of: hop.request, operation, for: route.recorder)
            do {
                let origin = try Origin(hop.request.url)
                let answer = try await fetch(hop.request, from: origin, by: deadline, isRedirected: step > 0)
                note.answer = answer
                if let next = try hop.following(answer, provider: rules.provider) {
                    guard route.followsRedirects else {
                        throw Problem.redirectRefused(rules.provider, "to another address")
                    }
                    hop = next
                    note.write(as: "redirected")
                    continue
                }
                if hop.leftCredentialBehind, answer.status == 401 || answer.status == 403 {
                    throw Problem.moved(rules.provider, to: origin)
                }
                try AnswerJudge(provider: rules.provider, request: hop.request, credentialPage: route.credentialPage)
                    .admit(answer)
                note.write()
                return answer
            } catch {
                note.write(error)
                throw error
            }
        }
        throw Problem.redirectLoop(rules.provider)
    }

    /// Notes that a call waited for its turn, unless that was a moment only.
    private func noteWait(since asked: ContinuousClock.Instant, _ operation: UpstreamOperation) {
        let wait = ContinuousClock.now - asked
        guard let recorder = route.recorder, wait > .milliseconds(50) else { return }
        recorder.note(.wait, operation.name) { $0.milliseconds = wait.wholeMilliseconds }
    }

    private func fetch(
        _ request: UpstreamRequest, from origin: Origin, by deadline: Deadline, isRedirected: Bool
    ) async throws -> UpstreamResponse {
        try rules.admit(origin)
        tell(.begun(.resolve))
        var candidates = try await transport.addresses.addresses(of: origin.host, by: deadline)
        try admit(candidates, of: origin, isRedirected: isRedirected)
        if !origin.isSecure, request.authorization != nil, candidates.contains(where: { $0.reach == .everywhere }) {
            throw Problem.notEncrypted(origin)
        }
        tell(.passed(.resolve))
        if route.onRung != nil, !climbed.withLock({ $0.contains(.connect) }) {
            candidates = try await transport.climb(
                to: origin, at: candidates, by: deadline, maximumBody: request.maximumBody,
                anew: hasBroken.exchange(false), tell: tell)
        }
        tell(.begun(request.rung))
        return try await transport.send(request, to: origin, at: candidates, by: deadline)
    }

    /// Tells of a rung that was not climbed yet since a call failed on this way.
    private func tell(_ news: RungNews) {
        guard let onRung = route.onRung else { return }
        let isNew = climbed.withLock { climbed in
            switch news {
            case .begun(let rung): return !climbed.contains(rung)
            case .passed(let rung), .stood(let rung): return climbed.insert(rung).inserted
            case .failed, .unproven: return true
            }
        }
        if isNew { onRung(news) }
    }

    /// Checks addresses; the owner is asked about the host that was entered, never about one a redirect names.
    private func admit(_ candidates: [IPAddress], of origin: Origin, isRedirected: Bool) throws {
        do { try rules.admit(candidates, of: origin) } catch is PrivateAddressRefused where isRedirected {
            throw Problem.redirectedInside(provider: rules.provider, origin)
        }
    }
}

extension UpstreamRequest {
    /// The rung that is climbed when it is admitted.
    fileprivate var rung: Rung { authorization == nil ? .answer : .signIn }
}

extension RoutedUpstream {
    /// Opens a line to a host that may be called, telling each rung as it is reached.
    private func dial(_ line: LineRequest, holding place: GatePlace) async throws -> OpenLine {
        let deadline = Deadline(after: route.deadline)
        let origin = try Origin(line)
        try rules.admit(origin)
        tell(.begun(.resolve))
        let candidates = try await transport.addresses.addresses(of: origin.host, by: deadline)
        try admit(candidates, of: origin, isRedirected: false)
        if !origin.isSecure, candidates.contains(where: { $0.reach != .thisMachine }) {
            throw Problem.notEncrypted(origin)
        }
        tell(.passed(.resolve))
        var lines = lines
        lines.provider = line.provider ?? lines.provider
        return try await lines.open(line, to: origin, at: candidates, by: deadline, holding: place, tell: tell)
    }
}

extension Mutex where Value == Bool {
    /// Sets the value and returns the earlier one.
    func exchange(_ value: Bool) -> Bool {
        withLock { current in
            defer { current = value }
            return current
        }
    }
}
