internal import Foundation
internal import MaxAccess
internal import MaxHub
internal import MaxServer
internal import Synchronization

/// The links that agents show to the owner, in memory: one for each step of a setup, however often an agent looks.
final class OwnerLinks: Sendable {
    private let access: AccessService
    private let now: @Sendable () -> Date
    private let made = Mutex<[Step: Link]>([:])

    /// How long a link is shown, in seconds; it can be used a little longer.
    private static let lifetime: TimeInterval = 10 * 60
    private static let most = 500

    private struct Step: Sendable, Hashable {
        let setup: SessionID
        let revision: Int
    }

    private struct Link: Sendable {
        let url: String
        let since: Date
    }

    init(access: AccessService, now: @escaping @Sendable () -> Date) {
        self.access = access
        self.now = now
    }

    /// The link to the step at which a setup is.
    func link(to session: SetupSession, from origin: ServerOrigin) async throws -> String {
        let step = Step(setup: session.id, revision: session.revision)
        let known = made.withLock { $0[step] }
        if let known, now().timeIntervalSince(known.since) < Self.lifetime { return known.url }
        return try await newLink(to: session, from: origin)
    }

    /// Another link to that step, when the one before was used or lost.
    func newLink(to session: SetupSession, from origin: ServerOrigin) async throws -> String {
        let token = try await access.ownerLink(for: session.id)
        let url = origin.link("/link/\(token.text)")
        let now = now()
        made.withLock { made in
            made = made.filter { now.timeIntervalSince($0.value.since) < Self.lifetime && $0.key.setup != session.id }
            if made.count >= Self.most { made = [:] }
            made[Step(setup: session.id, revision: session.revision)] = Link(url: url, since: now)
        }
        return url
    }
}
