internal import Foundation
internal import MaxCore
internal import MaxHub
internal import Testing

struct SecretTests {
    @Test(arguments: Backend.allCases)
    func `a secret replaces the one in its place`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.put(.sample("token", "one", stage: .active))
            try await store.put(.sample("token", "two", stage: .staged))
            try await store.put(.sample("token", "three", stage: .active, key: "k2"))
            let inForce = FreshlySealed.sample("token", "three", stage: .active, key: "k2").secret
            #expect(try await store.secret("token", of: .one, stage: .active) == inForce)
            #expect(try await store.texts() == ["token active: three", "token staged: two"])
            #expect(try await store.secret("token", of: .two, stage: .active) == nil)
        }
    }

    @Test(arguments: Backend.allCases)
    func `deletes the secret in force and no other`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.put(.sample("token", "one", stage: .active))
            try await store.put(.sample("token", "two", stage: .staged))
            try await store.put(.sample("cookie", "three", stage: .active))
            try await store.deleteSecret("token", of: .one)
            #expect(try await store.texts() == ["cookie active: three", "token staged: two"])
        }
    }

    @Test(arguments: Backend.allCases)
    func `stores the audit's line of a sealing with the secret, or neither`(backend: Backend) async throws {
        try await backend.withStore { store in
            let line = AuditEntry(at: noon, action: .seal, connection: .one, field: "token", purpose: "setup")
            let sound = FreshlySealed.sample("token", "one")
            let keyless = FreshlySealed.sample("other", "two", key: "gone", bringsKey: false)
            try await store.put(FreshlySealed(secret: sound.secret, newKey: sound.newKey, line: line))
            _ = await refusal { try await store.put(FreshlySealed(secret: keyless.secret, newKey: nil, line: line)) }
            #expect(try await store.auditTrail(limit: 9) == [line])
        }
    }

    @Test(arguments: Backend.allCases)
    func `refuses a secret under a key of another connection`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.put(.sample("token", "one", of: .two, key: "theirs"))
            let foreign = FreshlySealed.sample("token", "one", of: .one, key: "theirs", bringsKey: false)
            #expect(await refusal { try await store.put(foreign) } == .dataKeyGone)
        }
    }

    @Test(arguments: Backend.allCases)
    func `gives the newest key, of two as old the later one`(backend: Backend) async throws {
        try await backend.withStore { store in
            for key in ["k1", "k2"] { try await store.put(.sample(key, "x", key: key)) }
            #expect(try await store.newestDataKey(of: .one) == .sample("k2"))
            #expect(try await store.dataKey("k1") == .sample("k1"))
            #expect(try await store.dataKey("k3") == nil)
            #expect(try await store.newestDataKey(of: .two) == nil)
            #expect(try await store.dataKeys() == [.sample("k1"), .sample("k2")])
        }
    }

    @Test(arguments: Backend.allCases)
    func `rotation replaces keys and secrets together`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.put(.sample("token", "one", stage: .active))
            try await store.put(.sample("token", "two", stage: .staged, key: "k2"))
            try await store.put(.sample("token", "theirs", of: .two, key: "k3"))
            let old = try await store.secrets(of: .one)
            let new = ["one*", "two*"].enumerated().map { index, text in
                FreshlySealed.sample("token", text, stage: index == 0 ? .active : .staged, key: "k9").secret
            }
            #expect(try await store.rekey(.one, to: .sample("k9", createdAt: noon + 1), from: old, new))
            #expect(try await store.secrets(of: .one) == new)
            #expect(try await store.dataKeys().map(\.id) == ["k3", "k9"])
        }
    }

    @Test(arguments: Backend.allCases)
    func `rotation of secrets that changed meanwhile changes nothing`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.put(.sample("token", "one", stage: .active))
            let old = try await store.secrets(of: .one)
            try await store.put(.sample("token", "refreshed", stage: .active))
            let new = [FreshlySealed.sample("token", "one*", stage: .active, key: "k9").secret]
            #expect(try await store.rekey(.one, to: .sample("k9"), from: old, new) == false)
            #expect(try await store.texts() == ["token active: refreshed"])
            #expect(try await store.dataKeys().map(\.id) == ["k1"])
        }
    }

    @Test(arguments: Backend.allCases)
    func `a secret sealed with a key that was rotated away is refused`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.put(.sample("token", "one", stage: .active))
            let new = [FreshlySealed.sample("token", "one*", stage: .active, key: "k9").secret]
            #expect(try await store.rekey(.one, to: .sample("k9"), from: store.secrets(of: .one), new))
            let late = FreshlySealed.sample("token", "late", stage: .active, bringsKey: false)
            #expect(await refusal { try await store.put(late) } == .dataKeyGone)
        }
    }

    @Test(arguments: Backend.allCases)
    func `rotation keeps the key of a secret it was not given anew`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.put(.sample("token", "one", stage: .active))
            #expect(try await store.rekey(.one, to: .sample("k9"), from: store.secrets(of: .one), []))
            #expect(try await store.texts() == ["token active: one"])
            #expect(try await store.dataKeys().map(\.id) == ["k1", "k9"])
        }
    }
}

struct RetirementTests {
    @Test(arguments: Backend.allCases)
    func `retires no master key of several while a data key needs one`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.put(.sample("token", "one"))
            #expect(try await store.retire(masterKeys: ["m0", "m1"], at: noon) == false)
            try await store.put(.sample("token", "zero", key: "k0", masterKey: "m0"))
            try await store.put(.sample("token", "two", key: "k2"))
            #expect(try await store.texts() == ["token staged: two"])
        }
    }

    @Test(arguments: Backend.allCases)
    func `takes no data key under a retired master key, and nothing that comes with it`(
        backend: Backend
    ) async throws {
        try await backend.withStore { store in
            let session = SetupSession.sample()
            try await store.insert(session)
            #expect(try await store.retire(masterKeys: ["m0", "m1"], at: noon))
            #expect(try await store.retire(masterKeys: ["m1"], at: noon + 1))
            let secrets = [FreshlySealed.sample("a", "one", key: "k2", masterKey: "m2"), .sample("b", "two")]
            #expect(await refusal { try await store.put(secrets[1]) } == .dataKeyGone)
            #expect(
                await refusal { try await store.save(session.next, secrets: secrets, dropping: []) } == .dataKeyGone)
            #expect(try await store.session(session.id) == session)
            #expect(try await store.dataKeys().isEmpty)
            try await store.save(session.next, secrets: [secrets[0]], dropping: [])
            #expect(try await store.texts() == ["a staged: one"])
        }
    }

    @Test(arguments: Backend.allCases)
    func `rotation to a retired master key changes nothing`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.put(.sample("token", "one", key: "k2", masterKey: "m2"))
            #expect(try await store.retire(masterKeys: ["m1"], at: noon))
            let old = try await store.secrets(of: .one)
            let new = [FreshlySealed.sample("token", "one*").secret]
            let rekey = { _ = try await store.rekey(.one, to: .sample("k1"), from: old, new) }
            #expect(await refusal(of: rekey) == .dataKeyGone)
            #expect(try await store.texts() == ["token staged: one"])
            #expect(try await store.dataKeys().map(\.id) == ["k2"])
        }
    }

    @Test(arguments: Backend.allCases)
    func `a master key is retired or wraps a new data key, never both`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<24 {
                    let late = FreshlySealed.sample("f\(number)", "x", key: "k\(number)", masterKey: "m\(number)")
                    group.addTask {
                        async let retired = store.retire(masterKeys: ["m\(number)"], at: noon)
                        async let refused = refusal { try await store.put(late) } == .dataKeyGone
                        let (isRetired, isRefused) = try await (retired, refused)
                        #expect(isRetired == isRefused)
                    }
                }
                try await group.waitForAll()
            }
        }
    }
}

struct AuditTests {
    private static func line(_ number: Int) -> AuditEntry {
        AuditEntry(
            at: noon + Double(number), action: .open, connection: .one, field: "token", purpose: "setup", count: 2)
    }

    @Test(arguments: Backend.allCases)
    func `tells the newest lines first`(backend: Backend) async throws {
        try await backend.withStore { store in
            let keyless = AuditEntry(at: noon, action: .refuse, connection: nil, field: nil, purpose: "rotate")
            try await store.audit([keyless, Self.line(1)])
            try await store.audit([Self.line(2)])
            #expect(try await store.auditTrail(limit: 2) == [Self.line(2), Self.line(1)])
            #expect(try await store.auditTrail(limit: 9).last == keyless)
            #expect(try await store.auditTrail(limit: 0).isEmpty)
        }
    }

    @Test(arguments: Backend.allCases)
    func `outlives the connection it tells of`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample())
            try await store.audit([Self.line(1)])
            try await store.erase(.one, at: noon)
            try await store.audit([Self.line(2)])
            #expect(try await store.auditTrail(limit: 9).count == 2)
        }
    }
}

struct ExclusivityTests {
    @Test(arguments: Backend.allCases)
    func `work under one name never overlaps`(backend: Backend) async throws {
        try await backend.withStore { store in
            let journal = Journal()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        try await store.exclusively("refresh con_one token") {
                            journal.note("in \(number)")
                            for _ in 0..<20 { await Task.yield() }
                            journal.note("out \(number)")
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(journal.all.count == 16)
            #expect(journal.isWithoutOverlap)
        }
    }

    @Test(arguments: Backend.allCases)
    func `work under different names does not wait`(backend: Backend) async throws {
        try await backend.withStore { store in
            let inner = try await store.exclusively("one") { try await store.exclusively("two") { 42 } }
            #expect(inner == 42)
        }
    }

    @Test(arguments: Backend.allCases)
    func `the name is free again after work that failed`(backend: Backend) async throws {
        try await backend.withStore { store in
            await #expect(throws: CancellationError.self) {
                try await store.exclusively("one") { throw CancellationError() }
            }
            try await store.exclusively("one") {}
        }
    }

    @Test(arguments: Backend.allCases)
    func `whoever waits can be cancelled`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.exclusively("one") {
                await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask {
                        try await store.exclusively("one") { _ = Issue.record("ran beside its like") }
                    }
                    group.cancelAll()
                    await #expect(throws: CancellationError.self) { try await group.waitForAll() }
                }
            }
        }
    }
}
