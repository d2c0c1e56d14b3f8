internal import HummingbirdCore
internal import HummingbirdTLS
internal import MaxCore
internal import NIOCore
internal import NIOSSL

extension HTTPServerBuilder {
    /// The way from a socket to requests, with its limits, and encrypted when there is a certificate.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `certificate_unusable`.
    static func listener(_ settings: ServerSettings) throws -> HTTPServerBuilder {
        let limits = settings.limits
        let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: limits.headerBytes, maxHeaderListSize: limits.headerBytes,
            maxHeaderFieldCount: limits.headers)
        let plain = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: [
                    StalledReader(patience: limits.stall), ResponseEnding(linger: limits.linger),
                ],
                idleTimeout: TimeAmount(limits.idle), httpDecoderConfiguration: decoder))
        guard let files = settings.certificate else { return plain }
        return try .tls(plain, tlsConfiguration: files.configuration())
    }
}

extension ServerSettings.CertificateFiles {
    /// Reads both files.
    fileprivate func configuration() throws -> TLSConfiguration {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificate)
            let key = try NIOSSLPrivateKey(file: key, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv12
            configuration.applicationProtocols = ["http/1.1"]
            _ = try NIOSSLContext(configuration: configuration)
            return configuration
        } catch {
            throw MaxError(
                "certificate_unusable", "The certificate \(certificate) and the key \(key) cannot be used together.",
                fix: "Check that both files are PEM and belong to each other.")
        }
    }
}
