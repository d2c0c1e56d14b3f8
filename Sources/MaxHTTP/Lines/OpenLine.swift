internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import NIOCore
internal import Synchronization

/// A line to a provider that stands.
final class OpenLine: UpstreamLine {
    private let channel: any Channel
    private let inlet: NIOLoopBound<LineInlet>
    private let origin: Origin
    private let security: LineRequest.Security
    private let desk: LineDesk
    private let place: GatePlace
    private let tell: LineDesk.Teller
    private let isEncrypted = Mutex(false)
    private let hasAnswered = Mutex(false)
    private let notes: LineNotes

    init(
        over channel: any Channel, inlet: NIOLoopBound<LineInlet>, to origin: Origin, _ request: LineRequest,
        desk: LineDesk, place: GatePlace, tell: @escaping LineDesk.Teller
    ) {
        self.channel = channel
        self.inlet = inlet
        self.origin = origin
        security = request.security
        self.desk = desk
        self.place = place
        self.tell = tell
        notes = LineNotes(for: desk.recorder, place.operation)
    }

    deinit { channel.close(promise: nil) }

    func read() async throws -> Data? {
        let (channel, inlet) = (channel, inlet)
        do {
            let bytes = try await closingWhenCancelled {
                try await channel.eventLoop.flatSubmit { inlet.value.read(on: channel) }.get()
            }
            guard let bytes else {
                notes.end(because: nil)
                try Task.checkCancellation()
                return nil
            }
            noteAnswer()
            notes.receive(bytes.count)
            return bytes
        } catch let fault as LineFault {
            channel.close(promise: nil)
            let problem = fault.problem(desk.provider, desk.silence)
            notes.end(because: problem)
            throw problem
        }
    }

    func write(_ parts: [LinePart]) async throws {
        try place.countExchange()
        let bytes = try await bytes(of: parts)
        notes.send(bytes.count)
        let channel = channel
        let sent = channel.eventLoop.makePromise(of: Void.self)
        channel.writeAndFlush(ByteBuffer(bytes: bytes), promise: sent)
        let timer = channel.eventLoop.scheduleTask(in: TimeAmount(desk.silence)) { channel.close(promise: nil) }
        sent.futureResult.whenComplete { _ in timer.cancel() }
        do { try await closingWhenCancelled { try await sent.futureResult.get() } } catch is CancellationError {
            throw CancellationError()
        } catch {
            throw Problem.cutOff(desk.provider)
        }
    }

    func startTLS() async throws {
        guard security == .startTLS, !isEncrypted.withLock(\.self) else { throw Problem.notForThisLine }
        do { try await shakeHands(by: Deadline(after: desk.silence)) } catch let fault as ConnectFault {
            throw Problem.noConnection(fault, to: origin, provider: desk.provider, desk.dialer.limits)
        }
        tell(.begun(.answer))
    }

    func close(because problem: Problem?) async {
        place.leave(because: problem)
        notes.end(because: problem)
        try? await channel.close().get()
    }

    /// Sets TLS up; what came before is not taken for something that was said under it.
    ///
    /// - Throws: ``ConnectFault``; ``MaxCore/Problem``.
    func shakeHands(by deadline: Deadline) async throws {
        let (channel, inlet) = (channel, inlet)
        tell(.begun(.tls))
        do {
            try await channel.eventLoop.submit { try inlet.value.seal() }.get()
            try await desk.dialer.shakeHands(over: channel, with: origin, by: deadline)
        } catch let fault as LineFault {
            channel.close(promise: nil)
            throw fault.problem(desk.provider, desk.silence)
        }
        isEncrypted.withLock { $0 = true }
        tell(.passed(.tls))
    }

    private func bytes(of parts: [LinePart]) async throws -> Data {
        var bytes = Data()
        for part in parts {
            switch part {
            case .bytes(let more): bytes += more
            case .secret(let handle, let spelling):
                guard security == .none || isEncrypted.withLock(\.self) else { throw Problem.notEncrypted(origin) }
                bytes += try await spelling.bytes(of: handle)
            }
        }
        return bytes
    }

    /// Tells the rung `answer` once: at the first bytes, or, where TLS comes later, at the first bytes under it.
    private func noteAnswer() {
        guard security != .startTLS || isEncrypted.withLock(\.self), !hasAnswered.exchange(true) else { return }
        tell(.passed(.answer))
    }

    private func closingWhenCancelled<Result: Sendable>(
        _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        let channel = channel
        do {
            return try await withTaskCancellationHandler {
                try await work()
            } onCancel: {
                channel.close(promise: nil)
            }
        } catch {
            try Task.checkCancellation()
            throw error
        }
    }
}

extension Problem {
    /// A connector's own mistake.
    fileprivate static var notForThisLine: Problem {
        Problem(
            "invalid_request", .permanent, "The connector asked for TLS on a line that was not opened for it.",
            fix: .action("Tell whoever wrote the connector."))
    }
}
