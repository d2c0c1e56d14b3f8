internal import Foundation
internal import MaxCore
internal import MaxHub
internal import MaxStore

/// A project with a million records of 1 KB, made when it is first asked for.
actor ManyRecords {
    static let count = 1_000_000
    private static let batch = 1000

    private let folder: URL
    private var made: SQLiteStore?

    /// Describes the project in a folder, which is empty.
    init(in folder: URL) { self.folder = folder.appending(path: "many-records") }

    /// The database file.
    nonisolated var database: String { folder.appending(path: "max.db").path }

    /// The project's store.
    var store: SQLiteStore {
        get async throws {
            if let made { return made }
            let store = try SQLiteStore(folder: folder)
            let connection = try await store.addConnection("many", config: [:])
            try await store.prepare(StoringPass.schema, of: "acme")
            let name = BenchTask.definition.name
            let written = try await store.write(lines: Lines(), as: name, of: connection, at: .now)
            guard written.counts[name]?.added == Self.count else { throw CocoaError(.fileWriteUnknown) }
            made = store
            return store
        }
    }

    /// The lines of all of them, a thousand at a time.
    private struct Lines: AsyncSequence {
        func makeAsyncIterator() -> Iterator { Iterator() }

        struct Iterator: AsyncIteratorProtocol {
            private var first = 0

            mutating func next() async -> [UInt8]? {
                guard first < ManyRecords.count else { return nil }
                defer { first += batch }
                return (first..<first + batch).flatMap { (BenchTask.line($0) + "\n").utf8 }
            }
        }
    }
}
