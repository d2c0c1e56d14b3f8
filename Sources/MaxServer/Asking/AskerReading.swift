internal import Foundation
internal import Hummingbird
internal import MaxAccess
internal import MaxHub
internal import NIOCore

/// Finding out who asks, and whether what changes something comes from where it seems to.
struct AskerReading: Sendable {
    let access: AccessService

    /// Fills in who asks.
    ///
    /// A token in the header decides alone; a cookie beside it says nothing.
    func identify(_ request: Request, in context: inout ServerContext) async throws {
        if let authorization = request.headers[.authorization] {
            let agent = try await Self.bearer(in: authorization).asyncFlatMap { try await access.agent($0) }
            context.asker = agent.map { .agent($0) } ?? .stranger
            context.isStillKnown = { [access] in await access.knows(agent) }
        } else if let cookie = context.sessionToken(request), !cookie.isEmpty {
            guard let token = OwnerToken(cookie), let session = try await access.session(cookie) else {
                context.asker = .stranger
                return
            }
            context.asker = .owner(session)
            context.isStillKnown = { [access] in await access.knows(session) }
            context.csrf = access.csrfToken(of: token)
        }
    }

    /// Reads the form of a request that has one, and refuses an owner's change that no page of the session sent.
    ///
    /// - Throws: ``Refusal`` with status 400, 403, 408 or 413.
    func review(_ request: Request, in context: inout ServerContext) async throws {
        guard !request.method.isSafe else { return }
        if FormText.isNamed(by: request.headers[.contentType]) {
            let body = try await context.body(of: request, atMost: context.limits.form)
            context.form = try FormText.read(body.readableBytesView)
        }
        guard case .owner = context.asker, let token = context.sessionToken(request).flatMap(OwnerToken.init) else {
            return
        }
        let proof = context.form?.csrf ?? request.headers[.csrf] ?? ""
        guard access.accepts(csrf: proof, for: token) else { throw Refusal.foreignForm }
    }

    /// The token in a header `Authorization` (RFC 6750, section 2.1).
    static func bearer(in authorization: String) -> String? {
        let words = authorization.split(separator: " ", maxSplits: 1)
        guard words.count == 2, words[0].lowercased() == "bearer" else { return nil }
        return words[1].trimmingCharacters(in: .whitespaces)
    }
}

extension AccessService {
    /// Whether a session is not over.
    ///
    /// Asking is no use of it, and while the store cannot be read nothing speaks against it.
    fileprivate func knows(_ session: OwnerSession) async -> Bool {
        (try? await sessions().contains { $0.id == session.id }) ?? true
    }

    /// Whether an agent is still let in.
    fileprivate func knows(_ agent: Agent?) async -> Bool {
        (try? await agents().contains { $0.id == agent?.id }) ?? true
    }
}

extension Optional where Wrapped: Sendable {
    fileprivate func asyncFlatMap<Other: Sendable>(
        _ transform: (Wrapped) async throws -> Other?
    ) async rethrows -> Other? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
