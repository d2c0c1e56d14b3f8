internal import Foundation
internal import MaxConnector
internal import MaxHub
internal import MaxStore
internal import Synchronization

/// What outlives a process: the store, the master key and the time.
struct Workplace: Sendable {
    let storage: Storage
    let masterKey: String
    let clock: BenchClock

    /// Where the rows lie.
    enum Storage: Sendable {
        case memory(MemoryStore)
        case folder(URL)
    }

    private init(_ storage: Storage, _ clock: BenchClock) {
        self.storage = storage
        self.clock = clock
        masterKey = Data((0..<32).map { _ in UInt8.random(in: 0...255) }).base64EncodedString()
    }

    /// The folder the store is in; nil for memory.
    var folder: URL? {
        if case .folder(let folder) = storage { folder } else { nil }
    }

    /// Makes a workplace that is gone when nobody holds it.
    static func inMemory() -> Workplace { Workplace(.memory(MemoryStore()), BenchClock()) }

    /// Makes a workplace in a folder of its own and removes that in the end.
    static func onDisk<Result>(
        _ clock: BenchClock = BenchClock(), _ work: (Workplace) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "max-conformance-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await work(Workplace(.folder(folder), clock))
    }

    /// Opens the rows, as a process does when it starts.
    func rows() throws -> any SetupRows {
        switch storage {
        case .memory(let store): store
        case .folder(let folder): try SQLiteStore(folder: folder)
        }
    }
}

/// All the rows that setups touch.
typealias SetupRows = ConnectionRows & SessionRows & AttemptRows & SecretRows

/// A clock that stands still until it is moved, or goes as any other.
final class BenchClock: Sendable {
    private let isRunning: Bool
    private let time = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

    /// Creates a clock.
    init(isRunning: Bool = false) { self.isRunning = isRunning }

    var now: Date { isRunning ? Date() : time.withLock { $0 } }

    /// Moves one that stands still on by seconds.
    func advance(by seconds: TimeInterval) { time.withLock { $0 += seconds } }
}
