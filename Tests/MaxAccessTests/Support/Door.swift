import Foundation
import MaxAccess
import MaxCore
import MaxHub
import MaxStore
import Synchronization
import Testing

let noon = Date(timeIntervalSince1970: 1_900_000_000)
let home = Visitor(address: "192.0.2.7", program: "Browser")
let stranger = Visitor(address: "198.51.100.9", program: "Guesser")
let right = "correct horse battery"
let wrong = "incorrect horse battery"

/// A clock that stands until it is moved.
final class HandClock: Sendable {
    private let time = Mutex(noon)

    var now: Date { time.withLock { $0 } }
    func pass(_ seconds: Double) { time.withLock { $0 += seconds } }
}

/// The two stores that have to behave alike.
enum Backend: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite
    case memory

    var testDescription: String { rawValue }
}

/// An access engine over an empty store, with a clock of its own.
struct Door: Sendable {
    let rows: any AccessRows & SessionRows
    let clock = HandClock()
    let access: AccessService

    init(rows: any AccessRows & SessionRows, rounds: Int = 16) {
        self.rows = rows
        access = AccessService(
            rows: rows, surroundings: Surroundings(now: { [clock] in clock.now }, word: Surroundings.real.word),
            cost: PassphraseCost(rounds: rounds))
    }

    /// Runs `body` with a door that nobody came through yet.
    static func with(_ backend: Backend, _ body: (Door) async throws -> Void) async throws {
        switch backend {
        case .memory: try await body(Door(rows: MemoryStore()))
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory.appending(path: "max-access-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            try await body(Door(rows: SQLiteStore(folder: folder.appending(path: ".max"))))
        }
    }

    /// Runs `body` with an owner who has chosen the right passphrase.
    static func owned(_ backend: Backend, _ body: (Door, SignedIn) async throws -> Void) async throws {
        try await with(backend) { try await body($0, $0.choose(right)) }
    }

    /// Chooses a passphrase with a new link.
    func choose(_ passphrase: String) async throws -> SignedIn {
        let link = try await access.makeWelcomeLink()
        return try await access.choosePassphrase(SecretValue(passphrase), with: link.text, by: home)
    }

    func signIn(_ passphrase: String, by visitor: Visitor = home, replacing former: String? = nil) async throws
        -> SignedIn
    {
        try await access.signIn(SecretValue(passphrase), by: visitor, replacing: former)
    }

    /// A program that asks for everything.
    func knock(by visitor: Visitor = stranger) async throws -> BegunGrant {
        try await access.beginGrant(name: "Claude", scopes: [.setup, .read, .manage], by: visitor)
    }

    /// An agent that was let in.
    func agent(_ owner: SignedIn, scopes: Set<AgentScope> = [.read]) async throws -> AdmittedAgent {
        let begun = try await knock()
        try await access.approve("\(begun.grant.userCode)", scopes: scopes, by: owner.session)
        return try await access.redeem(begun.deviceCode.text)
    }
}

/// The error with which `work` is refused; nil when it is not.
func refusal(
    sourceLocation: SourceLocation = #_sourceLocation, _ work: () async throws -> Void
) async -> MaxError? {
    do {
        try await work()
        return nil
    } catch let error as MaxError { return error } catch {
        Issue.record(error, sourceLocation: sourceLocation)
        return nil
    }
}

/// What came of the same work, done many times at once.
func together<Success: Sendable>(
    _ times: Int, _ work: @escaping @Sendable () async throws -> Success
) async throws -> (done: [Success], refused: [MaxError.Code]) {
    try await withThrowingTaskGroup(of: Result<Success, MaxError>.self) { group in
        for _ in 0..<times {
            group.addTask {
                do { return .success(try await work()) } catch let error as MaxError { return .failure(error) }
            }
        }
        var outcome: (done: [Success], refused: [MaxError.Code]) = ([], [])
        for try await result in group {
            switch result {
            case .success(let success): outcome.done.append(success)
            case .failure(let error): outcome.refused.append(error.code)
            }
        }
        return outcome
    }
}
