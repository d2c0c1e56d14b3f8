internal import Foundation
internal import MaxCore
internal import MaxHub
internal import Testing

struct SessionTests {
    @Test(arguments: Backend.allCases)
    func `gives a session back as it was stored`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.insert(.sample())
            #expect(try await store.session(SetupSession.sample().id) == .sample())
            #expect(try await store.session(SessionID(rawValue: "set_none")) == nil)
        }
    }

    @Test(arguments: Backend.allCases)
    func `lists the newest session first and no expired one`(backend: Backend) async throws {
        try await backend.withStore { store in
            for (age, name) in ["new", "old", "expired"].enumerated() {
                let id = ConnectionID(rawValue: "con_\(name)")
                try await store.insert(.sample(name, for: id, createdAt: noon - Double(age) * 1800))
            }
            #expect(try await store.sessions(at: noon).map(\.id.rawValue) == ["new", "old"])
            #expect(try await store.session(SessionID(rawValue: "expired")) != nil)
        }
    }

    @Test(arguments: Backend.allCases)
    func `an answer replaces the revision before it, with its secrets`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.insert(.sample())
            var session = SetupSession.sample().next
            session.state.held = ["token"]
            session.receipt = nil
            session.expiresAt += 60
            try await store.save(session, secrets: [.sample("token", "one")], dropping: [])
            #expect(try await store.session(session.id) == session)
            #expect(try await store.texts() == ["token staged: one"])
        }
    }

    @Test(arguments: Backend.allCases)
    func `a late answer is refused and changes nothing`(backend: Backend) async throws {
        try await backend.withStore { store in
            let session = SetupSession.sample()
            try await store.insert(session)
            try await store.save(session.next, secrets: [.sample("token", "one")], dropping: [])
            #expect(
                await refusal {
                    try await store.save(session.next, secrets: [.sample("token", "two")], dropping: ["token"])
                } == .revisionStale)
            #expect(try await store.texts() == ["token staged: one"])
        }
    }

    @Test(arguments: Backend.allCases)
    func `an answer to a session that is gone is refused and stores no secret`(backend: Backend) async throws {
        try await backend.withStore { store in
            let save = { try await store.save(.sample().next, secrets: [.sample("token", "one")], dropping: []) }
            #expect(await refusal(of: save) == .setupEnded)
            let (secrets, keys) = (try await store.secrets(of: .one), try await store.dataKeys())
            #expect(secrets.isEmpty && keys.isEmpty)
        }
    }

    @Test(arguments: Backend.allCases)
    func `of many answers to one revision exactly one is taken`(backend: Backend) async throws {
        try await backend.withStore { store in
            let session = SetupSession.sample()
            try await store.insert(session)
            let taken = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<20 {
                    group.addTask {
                        let sealed = FreshlySealed.sample("token", "\(number)", key: "k\(number)")
                        return await refusal { try await store.save(session.next, secrets: [sealed], dropping: []) }
                            == nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(taken == 1)
            #expect(try await store.dataKeys().count == 1)
        }
    }

    @Test(arguments: Backend.allCases)
    func `a setup never touches a secret in force`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample(), token: "working")
            let session = SetupSession.sample("set_again", for: .one, purpose: .reconnect)
            try await store.insert(session)
            let sealed = FreshlySealed.sample("token", "tried", stage: .active)
            try await store.save(session.next, secrets: [sealed], dropping: ["token"])
            #expect(try await store.texts() == ["token active: working", "token staged: tried"])
        }
    }

    @Test(arguments: Backend.allCases)
    func `dropped fields lose what was staged for them`(backend: Backend) async throws {
        try await backend.withStore { store in
            let session = SetupSession.sample()
            try await store.insert(session)
            let both = [FreshlySealed.sample("token", "one"), .sample("cookie", "two")]
            try await store.save(session.next, secrets: both, dropping: [])
            try await store.save(
                session.next.next, secrets: [.sample("cookie", "three", bringsKey: false)],
                dropping: ["token", "cookie"])
            #expect(try await store.texts() == ["cookie staged: three"])
        }
    }

    @Test(arguments: Backend.allCases)
    func `an answer whose key is gone is refused whole`(backend: Backend) async throws {
        try await backend.withStore { store in
            let session = SetupSession.sample()
            try await store.insert(session)
            let secrets = [FreshlySealed.sample("a", "one"), .sample("b", "two", key: "gone", bringsKey: false)]
            let save = { try await store.save(session.next, secrets: secrets, dropping: []) }
            #expect(await refusal(of: save) == .dataKeyGone)
            #expect(try await store.session(session.id) == session)
            #expect(try await store.secrets(of: .one).isEmpty)
            #expect(try await store.dataKeys().isEmpty)
        }
    }

    @Test(arguments: Backend.allCases)
    func `a connection has one setup at a time`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.insert(.sample("set_one", for: .one))
            #expect(await refusal { try await store.insert(.sample("set_two", for: .one)) } == .setupUnderWay)
        }
    }

    @Test(arguments: Backend.allCases)
    func `a session that moves to another connection leaves nothing with the earlier one`(
        backend: Backend
    ) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample(.two), token: "working")
            var session = SetupSession.sample()
            try await store.insert(session)
            session = session.next
            try await store.save(session, secrets: [.sample("token", "new")], dropping: [])
            session = session.next
            session.connection = .two
            session.purpose = .reconnect
            try await store.save(session, secrets: [.sample("token", "new", of: .two, key: "k2")], dropping: [])
            #expect(try await store.session(session.id) == session)
            #expect(try await store.secrets(of: .one).isEmpty)
            #expect(try await store.dataKeys().map(\.connection) == [.two, .two])
            #expect(try await store.texts(of: .two) == ["token active: working", "token staged: new"])
        }
    }

    @Test(arguments: Backend.allCases)
    func `discarding leaves no session, secret or key`(backend: Backend) async throws {
        try await backend.withStore { store in
            let session = SetupSession.sample()
            try await store.insert(session)
            try await store.save(session.next, secrets: [.sample("token", "one")], dropping: [])
            try await store.put(.sample("refreshed", "two", stage: .active))
            try await store.discard(session.id)
            #expect(try await store.session(session.id) == nil)
            #expect(try await store.secrets(of: .one).isEmpty)
            #expect(try await store.dataKeys().isEmpty)
            try await store.discard(session.id)
        }
    }

    @Test(arguments: Backend.allCases)
    func `discarding a reconnection keeps the working secret and its key`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample(), token: "working")
            let session = SetupSession.sample("set_again", for: .one, purpose: .reconnect)
            try await store.insert(session)
            try await store.save(session.next, secrets: [.sample("token", "tried", key: "k2")], dropping: [])
            try await store.discard(session.id)
            #expect(try await store.texts() == ["token active: working"])
            #expect(try await store.dataKeys().map(\.id) == ["key_con_one"])
            #expect(try await store.connection(.one) == .sample())
        }
    }

    @Test(arguments: Backend.allCases)
    func `expired sessions vanish with their secrets, the others stay`(backend: Backend) async throws {
        try await backend.withStore { store in
            let old = SetupSession.sample("old", for: .one, createdAt: noon - SetupSession.idleLifetime)
            let young = SetupSession.sample("young", for: .two)
            for session in [old, young] {
                try await store.insert(session)
                let sealed = FreshlySealed.sample("token", "x", of: session.connection, key: session.id.rawValue)
                try await store.save(session.next, secrets: [sealed], dropping: [])
            }
            try await store.discardExpired(at: noon)
            #expect(try await store.session(old.id) == nil)
            #expect(try await store.session(young.id) == young.next)
            #expect(try await store.dataKeys().map(\.id) == ["young"])
        }
    }
}
