package import Foundation
internal import MaxCore
package import MaxHub

extension MemoryStore: OwnerRows {
    package func passphrase() async throws -> StretchedPassphrase? { read { $0.access.passphrase } }

    package func putWelcome(_ token: TokenDigest, until: Date) async throws {
        try write { rows in
            rows.access.links.removeAll { $0.setup == nil }
            rows.access.links.append(MemoryAccess.Link(token: token, setup: nil, until: until))
        }
    }

    package func hasWelcome(_ token: TokenDigest, at time: Date) async throws -> Bool {
        read { $0.access.links.contains { $0.token == token && $0.setup == nil && time < $0.until } }
    }

    package func choose(
        _ passphrase: StretchedPassphrase, with link: TokenDigest, beginning session: OwnerSession, _ token: TokenDigest
    ) async throws {
        try write { rows in
            let used = rows.access.useLink(link, at: session.beganAt)
            guard let used, used.setup == nil else { throw MaxError.welcomeSpent }
            rows.access.passphrase = passphrase
            rows.access.sessions = [(token, session)]
        }
    }

    package func begin(
        _ session: OwnerSession, _ token: TokenDigest, knowing passphrase: StretchedPassphrase,
        raisedTo raised: StretchedPassphrase, replacing former: TokenDigest?
    ) async throws -> Bool {
        try write { rows in
            guard rows.access.passphrase == passphrase else { return false }
            rows.access.passphrase = raised
            rows.access.sessions.removeAll { $0.token == former }
            rows.access.sessions.append((token, session))
            return true
        }
    }

    package func ownerSession(_ token: TokenDigest) async throws -> OwnerSession? {
        read { $0.access.sessions.first { $0.token == token }?.session }
    }

    package func ownerSessions() async throws -> [OwnerSession] {
        read { $0.access.sessions.map(\.session).sorted { $0.beganAt < $1.beganAt }.reversed() }
    }

    package func noteSession(_ id: OwnerSessionID, seenAt time: Date) async throws {
        try write { rows in
            guard let place = rows.access.sessions.firstIndex(where: { $0.session.id == id }) else { return }
            rows.access.sessions[place].session.seenAt = time
        }
    }

    package func endSession(_ id: OwnerSessionID) async throws -> Bool {
        try endSessions { $0.session.id == id }
    }

    package func endSession(_ token: TokenDigest) async throws {
        _ = try endSessions { $0.token == token }
    }

    private func endSessions(
        _ isMeant: ((token: TokenDigest, session: OwnerSession)) -> Bool
    ) throws -> Bool {
        try write { rows in
            let before = rows.access.sessions.count
            rows.access.sessions.removeAll(where: isMeant)
            return rows.access.sessions.count < before
        }
    }

    package func putLink(_ token: TokenDigest, to setup: SessionID, until: Date, atMost most: Int) async throws {
        try write { rows in
            rows.access.links.append(MemoryAccess.Link(token: token, setup: setup, until: until))
            let kept = Set(rows.access.links.filter { $0.setup == setup }.suffix(most).map(\.token))
            rows.access.links.removeAll { $0.setup == setup && !kept.contains($0.token) }
        }
    }

    package func useLink(_ token: TokenDigest, at time: Date) async throws -> SessionID? {
        try write { rows in
            guard rows.access.links.contains(where: { $0.token == token && $0.setup != nil }) else { return nil }
            return rows.access.useLink(token, at: time)?.setup
        }
    }
}
