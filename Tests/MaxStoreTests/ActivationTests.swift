internal import Foundation
internal import MaxCore
internal import MaxHub
internal import Testing

struct ActivationTests {
    @Test(arguments: Backend.allCases)
    func `the end of a setup puts its secrets in force and ends the session`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample(), token: "one")
            #expect(try await store.connection(.one) == .sample())
            #expect(try await store.texts() == ["token active: one"])
            #expect(try await store.sessions(at: noon).isEmpty)
        }
    }

    @Test(arguments: Backend.allCases)
    func `mending replaces the secrets it asked for and keeps the others`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample(), token: "old")
            try await store.put(.sample("cookie", "kept", stage: .active))
            var mended = Connection.sample(slug: "acme-2")
            mended.config = ["url": "https://other.test"]
            let session = SetupSession.sample("set_again", for: .one, purpose: .reconnect)
            try await store.insert(session)
            try await store.save(session.next, secrets: [.sample("token", "new")], dropping: [])
            try await store.activate(Activation(session.next, mended, replaces: true, run: "run_again"))
            #expect(try await store.connections() == [mended])
            #expect(try await store.texts() == ["cookie active: kept", "token active: new"])
        }
    }

    @Test(arguments: Backend.allCases, HalfWay.allCases)
    func `an activation that fails half-way changes nothing`(backend: Backend, halfWay: HalfWay) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample(.two, slug: "taken", account: "taken"))
            let session = SetupSession.sample()
            try await store.insert(session)
            try await store.save(session.next, secrets: [.sample("token", "one")], dropping: [])
            #expect(
                await refusal { try await store.activate(halfWay.activation(of: session.next)) } == halfWay.refusal)
            #expect(try await store.session(session.id) == session.next)
            #expect(try await store.texts() == ["token staged: one"])
            #expect(try await store.connections().map(\.id) == [.two])
        }
    }

    @Test(arguments: Backend.allCases)
    func `of two activations of one session the second is refused`(backend: Backend) async throws {
        try await backend.withStore { store in
            let session = SetupSession.sample()
            try await store.insert(session)
            try await store.activate(Activation(session, .sample()))
            #expect(
                await refusal { try await store.activate(Activation(session, .sample(), run: "run_two")) }
                    == .setupEnded)
        }
    }
}

/// Reasons for which an activation fails, some of them after its first statements.
enum HalfWay: CaseIterable, Sendable {
    case staleRevision
    case slugTaken
    case accountTaken
    case replacedConnectionMissing

    var refusal: MaxError.Code {
        switch self {
        case .staleRevision: .revisionStale
        case .slugTaken: .nameTaken
        case .accountTaken: .accountTaken
        case .replacedConnectionMissing: .connectionNotFound
        }
    }

    func activation(of session: SetupSession) -> Activation {
        switch self {
        case .staleRevision: Activation(session.next, .sample())
        case .slugTaken: Activation(session, .sample(slug: "taken"))
        case .accountTaken: Activation(session, .sample(account: "taken"))
        case .replacedConnectionMissing: Activation(session, .sample(), replaces: true)
        }
    }
}
