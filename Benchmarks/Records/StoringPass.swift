internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxStore

/// The storing of 200,000 records of 1 KB into a new project, and of the same again, as the whole work of a process.
struct StoringPass {
    static let count = 200_000
    private static let batch = 1000
    private static let word = "--store"

    /// In what form the records come.
    enum Kind: String {
        /// As a connector hands them over, a thousand at once.
        case records
        /// As the lines of a file.
        case lines
    }

    let kind: Kind
    let folder: URL
    let file: URL

    init(_ kind: Kind, in folder: URL, from file: URL) {
        (self.kind, self.folder, self.file) = (kind, folder, file)
    }

    /// The work that a process was started for; nil when it was started for something else.
    init?(_ arguments: [String]) {
        guard arguments.count == 4, arguments[0] == Self.word, let kind = Kind(rawValue: arguments[1]) else {
            return nil
        }
        self.init(kind, in: URL(filePath: arguments[2]), from: URL(filePath: arguments[3]))
    }

    /// What to start a process with that does this.
    var arguments: [String] { [Self.word, kind.rawValue, folder.path, file.path] }

    /// Does it, and prints the seconds that storing took, those of storing again, and the most bytes of memory at once.
    func run() async throws {
        let store = try SQLiteStore(folder: folder.appending(path: ".max"))
        try await store.addConnections(1)
        guard let connection = try await store.connections().first?.id else { return }
        try await store.prepare(Self.schema, of: "bench")
        var seconds: [Double] = []
        for _ in 1...2 {
            let time =
                switch kind {
                case .records: try await storeRecords(in: store, of: connection)
                case .lines: try await storeLines(in: store, of: connection)
                }
            seconds.append(time / .seconds(1))
        }
        print(seconds[0], seconds[1], Self.peak)
    }

    private func storeRecords(in store: SQLiteStore, of connection: ConnectionID) async throws -> Duration {
        var sum = Duration.zero
        for first in stride(from: 0, to: Self.count, by: Self.batch) {
            let records = (first..<first + Self.batch).map(BenchRecord.record)
            sum += try await time { _ = try await store.write(records, of: connection, at: .now) }
        }
        return sum
    }

    private func storeLines(in store: SQLiteStore, of connection: ConnectionID) async throws -> Duration {
        try await time {
            let lines = FileChunks(file: file)
            let written = try await store.write(
                lines: lines, as: BenchTask.definition.name, of: connection, at: .now)
            guard written.counts[BenchTask.definition.name]?.seen == Self.count else {
                throw CocoaError(.fileReadUnknown)
            }
        }
    }

    static let schema = ConnectorSchema(
        namespace: "bench", entities: [BenchRecord.self, BenchTask.self], roots: [BenchRecord.self])

    /// Writes the file of lines.
    static func writeLines(to file: URL) throws {
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        for first in stride(from: 0, to: count, by: batch) {
            let lines = (first..<first + batch).map { BenchTask.line($0) + "\n" }
            try handle.write(contentsOf: Data(lines.joined().utf8))
        }
        try handle.close()
    }

    /// The most bytes of memory that this process had at once, as the kernel counts it since the program began.
    private static var peak: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        return (line?.split { !$0.isNumber }.first.flatMap { Int($0) } ?? 0) * 1024
    }
}

/// The bytes of a file, a megabyte at a time.
private struct FileChunks: AsyncSequence {
    let file: URL

    func makeAsyncIterator() -> Iterator { Iterator(handle: try? FileHandle(forReadingFrom: file)) }

    struct Iterator: AsyncIteratorProtocol {
        let handle: FileHandle?

        mutating func next() async throws -> [UInt8]? {
            guard let handle else { throw CocoaError(.fileReadNoSuchFile) }
            let chunk = [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
                let got = read(handle.fileDescriptor, buffer.baseAddress, buffer.count)
                count = got < 0 ? 0 : got
            }
            return chunk.isEmpty ? nil : chunk
        }
    }
}
