internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import Synchronization

/// A line of which everything sent is noted as text, without credentials, and what became of it.
///
/// What comes first after something was sent passes for its answer.
final class WatchedLine: UpstreamLine {
    private let base: any UpstreamLine
    private let log: RequestLog
    private let watch: CallWatch
    private let received: ByteCount
    private let isAsked = Mutex(false)

    init(base: any UpstreamLine, log: RequestLog, watch: CallWatch, received: ByteCount) {
        self.base = base
        self.log = log
        self.watch = watch
        self.received = received
    }

    func read() async throws -> Data? {
        let bytes = try await told { try await base.read() }
        received.add(bytes?.count ?? 0)
        if bytes != nil, takeQuestion() { try await watch.note(nil) }
        return bytes
    }

    func write(_ parts: [LinePart]) async throws {
        log.add(parts.map(\.loggedText).joined())
        try await told { try await base.write(parts) }
        isAsked.withLock { $0 = true }
    }

    func startTLS() async throws { try await told { try await base.startTLS() } }

    func close(because problem: Problem?) async {
        await base.close(because: problem)
        if let problem { try? await watch.note(problem) }
    }

    private func takeQuestion() -> Bool {
        isAsked.withLock { isAsked in
            defer { isAsked = false }
            return isAsked
        }
    }

    private func told<Result>(_ work: () async throws -> Result) async throws -> Result {
        do { return try await work() } catch let problem as Problem {
            try await watch.note(problem)
            throw problem
        }
    }
}

extension LinePart {
    fileprivate var loggedText: String {
        switch self {
        case .bytes(let bytes): String(decoding: bytes, as: UTF8.self)
        case .secret: ""
        }
    }
}
