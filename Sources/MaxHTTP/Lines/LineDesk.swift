internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// The one who opens lines to addresses that were checked.
struct LineDesk: Sendable {
    var provider: String
    let addresses: AddressBook
    let dialer: Dialer
    let shelf: LineShelf
    /// The longest silence on a line.
    let silence: Duration
    /// Notes what goes over the lines.
    let recorder: FlightRecorder?

    /// Somebody who is told of each rung.
    typealias Teller = @Sendable (RungNews) -> Void

    /// Opens a line, with TLS where it begins so.
    ///
    /// - Throws: ``MaxCore/Problem`` on the rungs `connect` and `tls`.
    func open(
        _ request: LineRequest, to origin: Origin, at candidates: [IPAddress], by deadline: Deadline,
        holding place: GatePlace, tell: @escaping Teller
    ) async throws -> OpenLine {
        do {
            tell(.begun(.connect))
            let inlet = Mutex<NIOLoopBound<LineInlet>?>(nil)
            let (channel, address) = try await dialer.connect(to: origin, at: candidates, by: deadline) { channel in
                let added = try addInlet(to: channel)
                inlet.withLock { $0 = added }
            }
            guard let inlet = inlet.withLock(\.self) else { throw ConnectFault.unreachable }
            addresses.prefer(address, of: origin.host)
            tell(.passed(.connect))
            try shelf.add(channel)
            let line = OpenLine(
                over: channel, inlet: inlet, to: origin, request, desk: self, place: place, tell: tell)
            switch request.security {
            case .tls: try await line.shakeHands(by: deadline)
            // A channel that is closed already has its bytes waiting in the inlet.
            case .startTLS, .none: try? await channel.setOption(.autoRead, value: true).get()
            }
            if request.security != .startTLS { tell(.begun(.answer)) }
            return line
        } catch let fault as ConnectFault {
            throw Problem.noConnection(fault, to: origin, provider: provider, dialer.limits)
        } catch is ChannelError {
            throw Problem.cutOff(provider)
        }
    }

    /// Puts an inlet into a channel before anything can come: a server that speaks and closes at once is heard as well.
    private func addInlet(to channel: any Channel) throws -> NIOLoopBound<LineInlet> {
        let inlet = LineInlet(silence: silence)
        try channel.syncOptions?.setOption(
            .recvAllocator,
            value: AdaptiveRecvByteBufferAllocator(minimum: 4_096, initial: 16_384, maximum: 262_144))
        try channel.pipeline.syncOperations.addHandler(inlet)
        return NIOLoopBound(inlet, eventLoop: channel.eventLoop)
    }
}
