internal import Foundation
internal import MaxCore
internal import MaxHub
internal import Testing

struct EndingTests {
    @Test(arguments: Backend.allCases)
    func `revoking keeps the connection and deletes its secrets, keys and setups`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample())
            try await store.insert(.sample("set_again", for: .one, purpose: .reconnect))
            try await store.revoke(.one, at: noon)
            #expect(try await store.connection(.one)?.state == .revoked)
            #expect(try await store.secrets(of: .one).isEmpty)
            #expect(try await store.dataKeys().isEmpty)
            #expect(try await store.sessions(at: noon).isEmpty)
        }
    }

    @Test(arguments: Backend.allCases)
    func `a token refreshed before the revocation is refused after it`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample())
            try await store.revoke(.one, at: noon)
            let withOldKey = FreshlySealed.sample(
                "token", "late", stage: .active, key: "key_con_one", bringsKey: false)
            let withNewKey = FreshlySealed.sample("token", "late", stage: .active, key: "k2")
            #expect(await refusal { try await store.put(withOldKey) } != nil)
            #expect(await refusal { try await store.put(withNewKey) } == .connectionRevoked)
            #expect(try await store.secrets(of: .one).isEmpty)
            #expect(try await store.dataKeys().isEmpty)
        }
    }

    @Test(arguments: Backend.allCases)
    func `a revoked connection is mended by a setup`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample())
            try await store.revoke(.one, at: noon)
            let session = SetupSession.sample("set_again", for: .one, purpose: .reconnect)
            try await store.insert(session)
            try await store.save(session.next, secrets: [.sample("token", "new")], dropping: [])
            try await store.activate(Activation(session.next, .sample(), replaces: true, run: "run_again"))
            #expect(try await store.connection(.one) == .sample())
            #expect(try await store.texts() == ["token active: new"])
        }
    }

    @Test(arguments: Backend.allCases)
    func `erasing leaves nothing of the connection and all of the others`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample(.one, slug: "a", account: "dana"))
            try await store.connect(.sample(.two, slug: "b", account: "eve"))
            try await store.insert(.sample("set_again", for: .one, purpose: .reconnect))
            try await store.erase(.one, at: noon)
            #expect(try await store.connections().map(\.id) == [.two])
            #expect(try await store.secrets(of: .one).isEmpty)
            #expect(try await store.sessions(at: noon).isEmpty)
            #expect(try await store.dataKeys().map(\.connection) == [.two])
            #expect(try await store.texts(of: .two) == ["token active: token-1"])
        }
    }

    @Test(arguments: Backend.allCases)
    func `erasing twice is erasing once`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample())
            try await store.erase(.one, at: noon)
            try await store.erase(.one, at: noon + 1)
            #expect(try await store.connections().isEmpty)
        }
    }

    @Test(arguments: Backend.allCases, LateWrite.allCases)
    func `a write queued before the erasure is refused after it`(backend: Backend, late: LateWrite) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample())
            let session = SetupSession.sample("set_again", for: .one, purpose: .reconnect)
            try await store.insert(session)
            let old = try await store.secrets(of: .one)
            try await store.erase(.one, at: noon)
            #expect(await refusal { try await late.write(to: store, session, old) } == late.refusal)
            #expect(try await store.connections().isEmpty)
            #expect(try await store.sessions(at: noon).isEmpty)
            #expect(try await store.dataKeys().isEmpty)
            #expect(try await store.secrets(of: .one).isEmpty)
        }
    }

    @Test(arguments: Backend.allCases)
    func `the same account can be connected again after it was erased`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample(.one))
            try await store.erase(.one, at: noon)
            try await store.connect(.sample(.two))
            #expect(try await store.connections() == [.sample(.two)])
        }
    }
}

/// Writes that a slow process may still have at hand when the connection is erased.
enum LateWrite: CaseIterable, Sendable {
    case secret
    case session
    case answer
    case end
    case foreignEnd
    case rotation
    case name

    var refusal: MaxError.Code? {
        switch self {
        case .answer, .end: .setupEnded
        case .secret, .session, .foreignEnd, .name: .connectionNotFound
        case .rotation: nil
        }
    }

    func write(to store: any StoreRows, _ session: SetupSession, _ old: [SealedSecret]) async throws {
        switch self {
        case .secret: try await store.put(.sample("token", "late", stage: .active, key: "k9"))
        case .session: try await store.insert(session)
        case .answer: try await store.save(session.next, secrets: [.sample("token", "late")], dropping: [])
        case .end: try await store.activate(Activation(session, .sample(), run: "run_late"))
        case .foreignEnd:
            let other = SetupSession.sample("set_other", for: .two)
            try await store.insert(other)
            do { try await store.activate(Activation(other, .sample(), run: "run_late")) } catch {
                try await store.discard(other.id)
                throw error
            }
        case .rotation:
            let isDone = try await store.rekey(.one, to: .sample("k9"), from: old, old)
            #expect(!isDone)
        case .name: try await store.rename(.one, label: "late", slug: nil)
        }
    }
}
