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
    private let hasClimbed = Mutex(false)

    init(route: UpstreamRoute, gate: OperationGate, transport: Transport) {
        self.route = route
        rules = RouteRules(route)
        self.gate = gate
        self.transport = transport
    }

    func send(_ request: UpstreamRequest, as operation: UpstreamOperation) async throws -> UpstreamResponse {
        do {
            let answer = try await gate.pass(operation) { try await self.answer(to: request) }
            Revalidation.current?.note(request.revalidates ? answer.entityTag : nil)
            return answer
        } catch {
            if !(error is NotModified) { Revalidation.current?.note(nil) }
            throw error
        }
    }

    /// Sends a request, follows its redirects and judges the answer, all before the deadline.
    private func answer(to request: UpstreamRequest) async throws -> UpstreamResponse {
        let deadline = Deadline(after: route.deadline)
        var hop = RequestHop(request: request)
        for step in 0...transport.limits.redirects {
            let origin = try Origin(hop.request.url)
            let answer = try await fetch(hop.request, from: origin, by: deadline, isRedirected: step > 0)
            if let next = try hop.following(answer, provider: rules.provider) {
                hop = next
                continue
            }
            if hop.leftCredentialBehind, answer.status == 401 || answer.status == 403 {
                throw Problem.moved(rules.provider, to: origin)
            }
            try AnswerJudge(provider: rules.provider, request: hop.request, credentialPage: route.credentialPage)
                .admit(answer)
            return answer
        }
        throw Problem.redirectLoop(rules.provider)
    }

    private func fetch(
        _ request: UpstreamRequest, from origin: Origin, by deadline: Deadline, isRedirected: Bool
    ) async throws -> UpstreamResponse {
        try rules.admit(origin)
        let start = ContinuousClock.now
        var candidates = try await transport.addresses.addresses(of: origin.host, by: deadline)
        try admit(candidates, of: origin, isRedirected: isRedirected)
        if !origin.isSecure, request.authorization != nil, candidates.contains(where: { $0.reach == .everywhere }) {
            throw Problem.notEncrypted(origin)
        }
        guard let report = route.onRung, !hasClimbed.exchange(true) else {
            return try await transport.send(request, to: origin, at: candidates, by: deadline)
        }
        do {
            report(.resolve, ContinuousClock.now - start)
            candidates = try await transport.climb(to: origin, at: candidates, by: deadline, report: report)
            let start = ContinuousClock.now
            let answer = try await transport.send(request, to: origin, at: candidates, by: deadline)
            report(.answer, ContinuousClock.now - start)
            return answer
        } catch {
            _ = hasClimbed.exchange(false)
            throw error
        }
    }

    /// Checks addresses; the owner is asked about the host that was entered, never about one a redirect names.
    private func admit(_ candidates: [IPAddress], of origin: Origin, isRedirected: Bool) throws {
        do { try rules.admit(candidates, of: origin) } catch is PrivateAddressRefused where isRedirected {
            throw Problem.redirectedInside(provider: rules.provider, origin)
        }
    }
}

extension Mutex where Value == Bool {
    /// Sets the value and returns the earlier one.
    fileprivate func exchange(_ value: Bool) -> Bool {
        withLock { current in
            defer { current = value }
            return current
        }
    }
}
