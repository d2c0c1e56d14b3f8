import Foundation
import MaxConnector
import MaxCore
import MaxHub
import Synchronization
import Testing

@testable import MaxVault

/// A folder with a key file, rows, and a clock that a test moves.
final class Project: Sendable {
    let folder: String
    let rows: ScriptedRows
    private let clock = HandClock()

    var keyPath: String { folder + "/vault.key" }
    var keyText: String { (try? String(contentsOfFile: keyPath, encoding: .utf8)) ?? "" }
    var keyCount: Int { keyText.split(separator: "\n").count }

    init(stopsAfter: Bool = false) throws {
        rows = ScriptedRows(stopsAfter: stopsAfter)
        folder = NSTemporaryDirectory() + "max-vault-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try VaultKeyFile.create(at: keyPath)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func pass(_ interval: Double) { clock.seconds.withLock { $0 += interval } }

    var surroundings: Surroundings {
        Surroundings(
            now: { [clock] in Date(timeIntervalSince1970: clock.seconds.withLock { $0 }) }, word: Surroundings.real.word
        )
    }

    /// A vault of a process that just started.
    func vault(
        _ source: MasterKeySource? = nil, stretch: KeyStretch = KeyStretch(rounds: 16),
        reached: @escaping @Sendable (VaultKeyFile.Step) throws -> Void = { _ in }
    ) -> Vault {
        let source = source ?? .file(path: keyPath, ownedByUs: true)
        var file = source.ownFile
        file?.reached = reached
        return Vault(source: source, rows: rows, surroundings: surroundings, stretch: stretch, keyFile: file)
    }

    /// Writes a file beside the key.
    func write(_ name: String, _ text: String, mode: Int = 0o600) throws -> String {
        let path = folder + "/" + name
        try Data(text.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        return path
    }
}

/// A clock that stands until it is moved.
final class HandClock: Sendable {
    let seconds = Mutex(1_800_000_000.0)
}

extension Vault {
    func store(_ connection: ConnectionID) -> any CredentialStore {
        credentials(of: connection, staged: false, purpose: "test")
    }

    func text(_ field: String, of connection: ConnectionID) async throws -> String? {
        try await store(connection).get(field)?.withText { $0 }
    }
}

extension ConnectionID {
    static let one = ConnectionID(rawValue: "con_one")
    static let two = ConnectionID(rawValue: "con_two")
    static let three = ConnectionID(rawValue: "con_three")
}

/// The error that `work` throws.
func refusal(_ work: () async throws -> Void) async throws -> MaxError {
    do {
        try await work()
    } catch let error as MaxError {
        return error
    }
    throw NothingThrown()
}

struct NothingThrown: Error {}
