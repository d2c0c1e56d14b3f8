import Foundation
import MaxConnector
import MaxCore
import Synchronization
import Testing

struct CredentialTests {
    @Test func `reads a secret each time it is asked for, and not before`() async throws {
        let store = MemoryCredentials()
        let handle = CredentialProvider(store).get(ShelfCredentials.token)
        let problem = await #expect(throws: Problem.self) { try await handle.get() }
        #expect(problem?.kind == .auth)
        #expect(problem?.field == "token")
        for text in ["one", "two"] {
            await store.set("token", SecretValue(text))
            #expect(try await handle.get().withText { $0 } == text)
        }
    }

    @Test(arguments: [("acme_0a", true), ("acme_0a\n", false), ("xacme_0a", false), ("acme_", false), ("", false)])
    func `matches a pattern against the whole input`(text: String, isMatch: Bool) {
        #expect(Pattern("acme_[0-9a-f]{2}").matches(text) == isMatch)
    }

    @Test func `lets an expression that does not compile match nothing`() {
        #expect(!Pattern("[").matches("["))
    }
}

struct OAuthTests {
    private let clock = TestClock()
    private let exchanges = Counter()

    @Test func `refreshes once for a hundred who ask at the same time`() async throws {
        let handle = provider(MemoryCredentials(["refresh": "r0"])).get(credential())
        try await withThrowingTaskGroup { group in
            for _ in 0..<100 { group.addTask { try await handle.get().withText { $0 } } }
            for try await token in group { #expect(token == "a1") }
        }
        #expect(exchanges.value == 1)
    }

    @Test func `stores a rotated refresh token before the access token`() async throws {
        let store = MemoryCredentials(["refresh": "r0"])
        _ = try await provider(store).get(credential()).get()
        #expect(await store.written == ["refresh", "access", "access.expires"])
        #expect(await store.text("refresh") == "r1")
    }

    @Test func `keeps a refresh token that the provider did not rotate`() async throws {
        let store = MemoryCredentials(["refresh": "r0"])
        _ = try await provider(store).get(credential(rotates: false)).get()
        #expect(await store.written == ["access", "access.expires"])
    }

    @Test func `does not show the access token when the rotated one cannot be stored`() async throws {
        let store = FailingCredentials()
        await #expect(throws: MaxError.self) { try await provider(store).get(credential()).get() }
        #expect(exchanges.value == 1)
        #expect(await store.inner.text("access") == nil)
    }

    @Test func `uses a token until a minute before it expires`() async throws {
        let handle = provider(MemoryCredentials(["refresh": "r0"])).get(credential())
        #expect(try await handle.get().withText { $0 } == "a1")
        clock.advance(by: 3539)
        #expect(try await handle.get().withText { $0 } == "a1")
        clock.advance(by: 2)
        #expect(try await handle.get().withText { $0 } == "a2")
    }

    @Test func `assumes the declared lifetime where the provider gave none`() async throws {
        let handle = provider(MemoryCredentials(["refresh": "r0"])).get(credential(lifetime: .zero))
        _ = try await handle.get()
        clock.advance(by: 600 - 61)
        _ = try await handle.get()
        #expect(exchanges.value == 1)
        clock.advance(by: 2)
        _ = try await handle.get()
        #expect(exchanges.value == 2)
    }

    @Test func `tries again after a failure`() async throws {
        let exchanges = exchanges
        let credential = Credential.oauth(refresh: "refresh", access: "access", label: "Login", expiresIn: .seconds(60))
        {
            _ in
            if exchanges.raise() == 1 { throw Problem("provider_down", .retryable, "Down.") }
            return OAuthTokens(access: SecretValue("fresh"), refresh: nil, lifetime: .seconds(3600))
        }
        let handle = provider(MemoryCredentials(["refresh": "r0"])).get(credential)
        await #expect(throws: Problem.self) { try await handle.get() }
        #expect(try await handle.get().withText { $0 } == "fresh")
    }

    @Test func `spends a refresh token once between two processes`() async throws {
        let store = MemoryCredentials(["refresh": "r0"])
        let handles = [provider(store).get(credential()), provider(store).get(credential())]
        try await withThrowingTaskGroup { group in
            for handle in handles + handles { group.addTask { try await handle.get().withText { $0 } } }
            for try await token in group { #expect(token == "a1") }
        }
        #expect(exchanges.value == 1)
    }

    @Test func `says that the refresh token is missing`() async {
        let problem = await #expect(throws: Problem.self) {
            try await provider(MemoryCredentials()).get(credential()).get()
        }
        #expect(problem?.code == "credential_missing")
        #expect(exchanges.value == 0)
    }

    private func provider(_ store: any CredentialStore) -> CredentialProvider {
        CredentialProvider(store, now: { [clock] in clock.now })
    }

    /// A provider that takes each refresh token once: `r0` gives `a1` and `r1`, and so on.
    private func credential(rotates: Bool = true, lifetime: Duration = .seconds(3600)) -> Credential<SecretValue> {
        .oauth(refresh: "refresh", access: "access", label: "Login", expiresIn: .seconds(600)) { [exchanges] token in
            let turn = exchanges.raise()
            if rotates, token.withText({ $0 }) != "r\(turn - 1)" { throw Problem("spent_twice", .auth, "Spent.") }
            await Task.yield()
            return OAuthTokens(
                access: SecretValue("a\(turn)"), refresh: rotates ? SecretValue("r\(turn)") : nil, lifetime: lifetime)
        }
    }
}

/// A clock that stands still until it is moved.
private final class TestClock: Sendable {
    private let seconds = Mutex(1_000_000.0)
    var now: Date { Date(timeIntervalSince1970: seconds.withLock { $0 }) }
    func advance(by time: Double) { seconds.withLock { $0 += time } }
}

/// A store on a full disk.
private struct FailingCredentials: CredentialStore {
    let inner = MemoryCredentials(["refresh": "r0"])
    func get(_ key: String) async throws -> SecretValue? { await inner.get(key) }
    func set(_ key: String, _ value: SecretValue) async throws { throw MaxError("disk_full", "The disk is full.") }
    func has(_ key: String) async throws -> Bool { await inner.has(key) }
    func delete(_ key: String) async throws { await inner.delete(key) }
    func keys() async throws -> [String] { await inner.keys() }
    func exclusively<Result: Sendable>(
        _ key: String, _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await work()
    }
}
