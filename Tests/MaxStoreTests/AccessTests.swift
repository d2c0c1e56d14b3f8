internal import Foundation
internal import GRDB
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

/// What the file keeps and refuses of who may come in.
struct AccessTests {
    @Test(arguments: [
        "INSERT INTO access_owner SELECT 2, salt, hash, rounds, block_size, parallelism FROM access_owner",
        "UPDATE access_owner SET id = 2",
        "UPDATE access_owner SET hash = x'00'",
        "UPDATE access_owner SET salt = x''",
        "UPDATE access_owner SET rounds = 1",
        "UPDATE access_session SET token = 'mxo_short'",
        "UPDATE access_session SET seen_at = NULL",
        "INSERT INTO access_session SELECT 9, 'own_two', token, '', '', '', '' FROM access_session",
        "UPDATE access_link SET purpose = 'welcome'",
        "UPDATE access_link SET setup_id = NULL",
        """
        UPDATE access_link SET purpose = 'welcome', setup_id = NULL;
        INSERT INTO access_link SELECT 9, replace(token, 'L', 'M'), purpose, NULL, 'now' FROM access_link
        """,
        "UPDATE access_agent SET scopes = '[]'",
        "UPDATE access_agent SET scopes = 'read'",
        "UPDATE access_agent SET name = ''",
        "UPDATE access_grant SET decision = 'maybe'",
        "UPDATE access_grant SET decision = 'waiting'",
        "UPDATE access_grant SET decision = 'approved'",
        "UPDATE access_grant SET agent_id = 'agt_none'",
        "UPDATE access_grant SET redeemed_at = NULL",
        "UPDATE access_grant SET user_code = 'SHORT'",
        "UPDATE access_grant SET seed = x'00'",
    ])
    func `refuses`(statement: String) async throws {
        try await withAccess { store in
            let error = await #expect(throws: DatabaseError.self) {
                try await store.writer.write { try $0.execute(sql: statement) }
            }
            #expect(error?.resultCode == .SQLITE_CONSTRAINT)
        }
    }

    @Test func `another process finds all as it was stored`() async throws {
        try await withFolder { folder in
            try await SQLiteStore(folder: folder).fill()
            let store = try SQLiteStore(folder: folder)
            #expect(try await store.passphrase() == .sample)
            #expect(try await store.ownerSession(.one) == .sample)
            #expect(try await store.agent(.one) == .sample)
            let (grant, seed) = try #require(try await store.grant(TokenDigest.two))
            #expect(grant.state == .redeemed(Agent.sample.id, at: noon) && seed == Data(repeating: 7, count: 32))
            #expect(grant.name == "Claude" && grant.visitor == OwnerSession.sample.visitor)
            #expect(try await store.useLink(.one, at: noon) == SessionID(rawValue: "set_one"))
        }
    }

    @Test func `an agent takes its request with it, and nothing else`() async throws {
        try await withAccess { store in
            #expect(try await store.removeAgent(Agent.sample.id))
            let (requests, links) = (
                try await store.column("SELECT user_code FROM access_grant"),
                try await store.column("SELECT token FROM access_link")
            )
            #expect(requests.isEmpty && links.count == 1)
            #expect(try await store.ownerSession(.one) == .sample)
        }
    }

    @Test(arguments: AccessBackend.allCases)
    func `a user code is one request's`(backend: AccessBackend) async throws {
        try await backend.withRows { rows in
            let grant = DeviceGrant.sample
            let seed = Data(repeating: 7, count: 32)
            try #require(try await rows.putGrant(grant, .one, seed: seed, atMost: 2))
            #expect(try await !rows.putGrant(grant, .two, seed: seed, atMost: 2))
            #expect(try await rows.grant(TokenDigest.two) == nil)
            #expect(await refusal { _ = try await rows.putGrant(grant, .two, seed: seed, atMost: 1) } == .grantsFull)
        }
    }

    @Test(arguments: AccessBackend.allCases)
    func `only what was approved is redeemed, and once`(backend: AccessBackend) async throws {
        try await backend.withRows { rows in
            _ = try await rows.putGrant(.sample, .two, seed: Data(repeating: 7, count: 32), atMost: 1)
            #expect(try await !rows.admit(.sample, .one, by: .two))
            #expect(try await rows.agents().isEmpty)
            _ = try await rows.decide(.approved([.read]), on: DeviceGrant.sample.userCode, at: noon)
            #expect(try await rows.admit(.sample, .one, by: .two))
            #expect(try await !rows.admit(.sample, .two, by: .two))
            #expect(try await rows.agents() == [.sample])
        }
    }

    private func withAccess(_ body: (SQLiteStore) async throws -> Void) async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(folder: folder)
            try await store.fill()
            try await body(store)
        }
    }
}

/// The two stores that have to behave alike.
enum AccessBackend: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite
    case memory

    var testDescription: String { rawValue }

    func withRows(_ body: (any AccessRows) async throws -> Void) async throws {
        switch self {
        case .sqlite: try await withFolder { try await body(SQLiteStore(folder: $0)) }
        case .memory: try await body(MemoryStore())
        }
    }
}

extension SQLiteStore {
    /// Stores one of each.
    fileprivate func fill() async throws {
        try await putWelcome(.two, until: noon + 1)
        try await choose(.sample, with: .two, beginning: .sample, .one)
        try await putLink(.one, to: SessionID(rawValue: "set_one"), until: noon + 1, atMost: 1)
        _ = try await putGrant(.sample, .two, seed: Data(repeating: 7, count: 32), atMost: 1)
        _ = try await decide(.approved([.read]), on: DeviceGrant.sample.userCode, at: noon)
        _ = try await admit(.sample, .one, by: .two)
    }
}

extension TokenDigest {
    fileprivate static let one = TokenDigest(rawValue: String(repeating: "L", count: 43))
    fileprivate static let two = TokenDigest(rawValue: String(repeating: "K", count: 43))
}

extension StretchedPassphrase {
    fileprivate static let sample = StretchedPassphrase(
        salt: Data(repeating: 1, count: 16), hash: Data(repeating: 2, count: 32), cost: PassphraseCost(rounds: 16))
}

extension OwnerSession {
    fileprivate static let sample = OwnerSession(
        id: OwnerSessionID(rawValue: "own_one"), visitor: Visitor(address: "192.0.2.7", program: "Browser"),
        beganAt: noon, seenAt: noon)
}

extension Agent {
    fileprivate static let sample = Agent(
        id: AgentID(rawValue: "agt_one"), name: "Claude", scopes: [.read], createdAt: noon,
        expiresAt: noon + Agent.lifetime)
}

extension DeviceGrant {
    fileprivate static let sample: DeviceGrant = {
        var random = SeededRandom(seed: 7)
        return DeviceGrant(
            userCode: UserCode(using: &random), name: "Claude", scopes: [.setup, .read],
            visitor: OwnerSession.sample.visitor, requestedAt: noon)
    }()
}
