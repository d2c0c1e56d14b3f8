internal import Foundation
internal import MaxHub
internal import MaxStore
internal import Testing

typealias StoreRows = ConnectionRows & SessionRows & AttemptRows & SecretRows

/// The two stores that have to behave alike.
enum Backend: String, CaseIterable, Sendable, CustomTestStringConvertible {
    case sqlite
    case memory

    var testDescription: String { rawValue }

    /// Runs `body` with an empty store that leaves nothing behind.
    func withStore(_ body: (any StoreRows) async throws -> Void) async throws {
        switch self {
        case .sqlite: try await withFolder { try await body(SQLiteStore(folder: $0)) }
        case .memory: try await body(MemoryStore())
        }
    }
}

/// Runs `body` with the name of a folder that does not exist yet, and removes whatever it became.
func withFolder(_ body: (URL) async throws -> Void) async throws {
    let parent = FileManager.default.temporaryDirectory.appending(path: "max-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: parent, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: parent) }
    try await body(parent.appending(path: ".max"))
}
