internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// The one who tries a connection rung by rung, and tells exactly where and why it fails.
struct Dialer: Sendable {
    let tls: TLSConfiguration
    let limits: OutboundLimits

    /// Connects to the first address that takes a connection, shakes hands where there is TLS, and closes.
    ///
    /// - Returns: The address that took the connection.
    /// - Throws: ``ConnectFault``, of the last address tried.
    func climb(
        to origin: Origin, at addresses: [IPAddress], by deadline: Deadline, tell: (RungNews) -> Void
    ) async throws -> IPAddress {
        tell(.begun(.connect))
        let (channel, address) = try await connect(to: origin, at: addresses, by: deadline)
        tell(.passed(.connect))
        if origin.isSecure {
            tell(.begun(.tls))
            try await shakeHands(over: channel, with: origin, by: deadline)
            tell(.passed(.tls))
        }
        channel.close(promise: nil)
        return address
    }

    /// Whether the address takes a connection, TLS left aside.
    func reaches(_ origin: Origin, at address: IPAddress, by deadline: Deadline) async -> Bool {
        guard let (channel, _) = try? await connect(to: origin, at: [address], by: deadline) else { return false }
        channel.close(promise: nil)
        return true
    }

    /// Finds out why a certificate is not believed, by asking for it once more.
    func reason(notToBelieve origin: Origin, at address: IPAddress, by deadline: Deadline) async -> TLSFault {
        guard let (channel, _) = try? await connect(to: origin, at: [address], by: deadline) else {
            return .notBelieved
        }
        let leaf = channel.eventLoop.makePromise(of: NIOSSLCertificate?.self)
        _ = try? await shakeHands(over: channel, with: origin, by: deadline) { chain, verdict in
            leaf.succeed(chain.first)
            verdict.succeed(.failed)
        }
        leaf.succeed(nil)
        guard let certificate = try? await leaf.futureResult.get() else { return .notBelieved }
        return TLSFault(ofUnbelieved: certificate)
    }

    /// One who looks at the certificates in the place of the usual checks.
    typealias CertificateJudge =
        @Sendable ([NIOSSLCertificate], EventLoopPromise<NIOSSLVerificationResult>) -> Void

    /// Connects to the first address that takes a connection; nothing is asked of it yet.
    ///
    /// - Parameter inlet: Makes the handler that takes what comes, for a connection that is to be kept.
    /// - Throws: ``ConnectFault``, of the last address tried.
    func connect(
        to origin: Origin, at addresses: [IPAddress], by deadline: Deadline,
        inlet: @escaping @Sendable (any Channel) throws -> Void = { _ in }
    ) async throws -> (any Channel, IPAddress) {
        var fault = ConnectFault.unreachable
        for address in addresses {
            try Task.checkCancellation()
            do {
                let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                    .connectTimeout(TimeAmount(deadline.capped(limits.connect)))
                    .channelOption(.autoRead, value: false)  // the first bytes belong to a handler that comes later
                    .channelInitializer { channel in channel.eventLoop.makeCompletedFuture { try inlet(channel) } }
                    .connect(to: SocketAddress(ipAddress: address.text, port: origin.port)).get()
                return (channel, address)
            } catch {
                fault = ConnectFault(error) ?? .refused
            }
        }
        throw fault
    }

    /// Sets TLS up on a connection, before every handler that is there.
    ///
    /// - Throws: ``ConnectFault``; the connection is closed then.
    func shakeHands(
        over channel: any Channel, with origin: Origin, by deadline: Deadline,
        judging: CertificateJudge? = nil
    ) async throws {
        let limit = TimeAmount(deadline.capped(limits.handshake))
        let context = try NIOSSLContext(configuration: tls)
        let handshake = channel.eventLoop.flatSubmit {
            let outcome = channel.eventLoop.makePromise(of: Void.self)
            channel.eventLoop.scheduleTask(in: limit) { outcome.fail(TLSFault.timedOut) }
            do {
                let name = IPAddress(origin.host) == nil ? origin.host : nil
                let handler = try NIOSSLClientHandler(
                    context: context, serverHostname: name,
                    customVerificationCallback: judging, configuration: .init())
                try channel.pipeline.syncOperations.addHandlers(
                    [handler, HandshakeWitness(outcome)], position: .first)
                try channel.syncOptions?.setOption(.autoRead, value: true)
                if !channel.isActive { outcome.fail(TLSFault.closed) }
                return outcome.futureResult.assumeIsolated().flatMapErrorThrowing { error in
                    guard ConnectFault(error) == .tls(.notBelieved), let leaf = handler.peerCertificate else {
                        throw error
                    }
                    throw TLSFault(ofUnbelieved: leaf)
                }.nonisolated()
            } catch {
                outcome.fail(error)
            }
            return outcome.futureResult
        }
        do {
            try await withTaskCancellationHandler {
                try await handshake.get()
            } onCancel: {
                channel.close(promise: nil)
            }
        } catch {
            channel.close(promise: nil)
            try Task.checkCancellation()
            throw (error as? TLSFault).map(ConnectFault.tls) ?? ConnectFault(error) ?? .tls(.closed)
        }
    }
}

extension TLSFault {
    /// Judges a certificate that is not believed by its dates; beyond them it can only be its authority.
    fileprivate init(ofUnbelieved certificate: NIOSSLCertificate) {
        let now = Date().timeIntervalSince1970
        if Double(certificate.notValidAfter) < now {
            self = .expired(Date(timeIntervalSince1970: Double(certificate.notValidAfter)))
        } else if Double(certificate.notValidBefore) > now {
            self = .notValidBefore(Date(timeIntervalSince1970: Double(certificate.notValidBefore)))
        } else {
            self = .unknownAuthority
        }
    }
}
