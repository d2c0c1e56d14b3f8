internal import Foundation
internal import MaxHub
internal import MaxStore
internal import MaxVault
internal import PseudoTerminal

/// The store and the vault of a project, opened as every command opens them.
struct Workbench: Sendable {
    let store: SQLiteStore
    let vault: Vault

    /// Opens a project's private folder, which has a key after this.
    init(privateFolder: URL) throws {
        let keyFile = privateFolder.appending(path: "vault.key").path
        store = try SQLiteStore(folder: privateFolder)
        _ = try VaultKeyFile.create(at: keyFile)
        vault = Vault(source: .file(path: keyFile, ownedByUs: true), rows: store, surroundings: .real)
    }

    /// Runs `body` with a new project that is gone afterwards.
    static func using<Value>(_ body: (Workbench) async throws -> Value) async throws -> Value {
        try await withScratchFolder { try await body(Workbench(privateFolder: $0)) }
    }
}

/// Runs `body` with an empty folder that is gone afterwards.
///
/// It lies beside the program: a temporary folder may be memory, where being durable costs nothing.
func withScratchFolder<Value>(_ body: (URL) async throws -> Value) async throws -> Value {
    let path = TerminalProgram.built("max-benchmarks-\(UUID().uuidString)")
    let folder = URL(filePath: path, directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}
