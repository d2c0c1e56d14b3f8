internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub

extension SetupService {
    /// Runs `work` on a setup; where that is over, what `ending` knows of its end is the reply.
    func reply(
        _ work: () async throws -> SetupReply, whenOver ending: () async throws -> SetupReply?
    ) async throws -> SetupReply {
        do { return try await work() } catch let error as MaxError where error.code == .setupEnded {
            guard let reply = try await ending() else { throw error }
            return reply
        }
    }

    /// What a setup that ended well within the last hour shows; nil for any other.
    func finished(_ id: SessionID) async throws -> SetupReply? {
        guard try await sessions.session(id) == nil, let connection = try await connection(madeBy: id),
            let setup = connection.lastSetup
        else { return nil }
        let connector = try await registry.connector(connection.connector)
        let session = SetupSession(
            id: id, connector: connection.connector, purpose: setup.updated ? .reconnect : .add,
            connection: connection.id, name: nil, revision: setup.revision, receipt: setup.receipt,
            startedBy: setup.startedBy, handedTo: setup.handedTo, createdAt: setup.finishedAt,
            expiresAt: setup.finishedAt.addingTimeInterval(SetupSession.idleLifetime))
        let view = FinishedView(
            connection: connection.id, identity: connection.identity, updated: setup.updated, ladder: setup.ladder,
            credential: setup.credential)
        return SetupReply(session: session, connector: connector.about, view: .finished(view))
    }

    /// The reply to an answer that ended a setup, when the same one comes again because its reply was lost.
    func finished(_ id: SessionID, by answer: FlowAnswer, to revision: Int) async throws -> SetupReply? {
        guard let reply = try await finished(id) else { return nil }
        let digest = try await keeper.fingerprint(answer.canonicalBytes)
        return reply.session.receipt == AnswerReceipt(revision: revision, digest: digest) ? reply : nil
    }

    private func connection(madeBy id: SessionID) async throws -> Connection? {
        let oldest = surroundings.now().addingTimeInterval(-SetupSession.idleLifetime)
        return try await connections.connections().first { connection in
            connection.lastSetup.map { $0.session == id && $0.finishedAt > oldest } ?? false
        }
    }
}
