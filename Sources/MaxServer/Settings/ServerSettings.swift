package import MaxCore

/// How a server is reached and what it tells of itself: read once, when it starts.
package struct ServerSettings: Sendable {
    /// The address to listen on.
    package var host = "127.0.0.1"
    /// The port to listen on; 0 for any that is free.
    package var port = 7117
    /// Where people find the server, when that is not where it listens.
    package var publicOrigin: ServerOrigin?
    /// The certificate to encrypt with; nil where nothing is encrypted here.
    package var certificate: CertificateFiles?
    /// Whether a proxy stands before the server, whose word for where a request comes from counts.
    package var trustsProxy = false
    /// The form of the log.
    package var log = LogForm.text
    /// What whoever collects measures has to show; nil for the owner alone.
    package var metricsToken: SecretValue?
    /// What one asker can take.
    package var limits = ServerLimits()

    package init() {}

    /// The files of a certificate, in PEM.
    package struct CertificateFiles: Sendable, Hashable {
        /// The certificate, and those that lead to one that is trusted.
        package let certificate: String
        /// Its private key.
        package let key: String

        package init(certificate: String, key: String) {
            self.certificate = certificate
            self.key = key
        }
    }

    /// The form of the log's lines.
    package enum LogForm: String, Sendable, Hashable, CaseIterable {
        /// For people.
        case text
        /// For programs: an object on each line.
        case json
    }
}

extension ServerSettings {
    /// Whether other machines can reach the server: it listens beyond the loopback addresses (RFC 1122, section
    /// 3.2.1.3; RFC 4291, section 2.5.3).
    package var isOpenToOthers: Bool { host != "localhost" && host != "::1" && !host.hasPrefix("127.") }

    /// Whether what other machines send travels as plain text, as far as is known here.
    package var isOverheard: Bool {
        isOpenToOthers && certificate == nil && publicOrigin?.isSecure != true && !trustsProxy
    }

    /// Where the server is found on a port it listens on.
    package func origin(onPort port: Int) -> ServerOrigin {
        if let publicOrigin { return publicOrigin }
        let name = ["0.0.0.0", "::"].contains(host) ? "127.0.0.1" : host
        let scheme = certificate == nil ? ServerOrigin.Scheme.http : .https
        let isUsual = port == (scheme == .https ? 443 : 80)
        return ServerOrigin(
            scheme: scheme, authority: (name.contains(":") ? "[\(name)]" : name) + (isUsual ? "" : ":\(port)"))
    }

    /// The settings on a line, without what is secret.
    package var summary: String {
        [
            "listen \(host.contains(":") ? "[\(host)]" : host):\(port)", publicOrigin.map { "public address \($0)" },
            certificate.map { "certificate \($0.certificate)" }, trustsProxy ? "behind a proxy" : nil,
            "log \(log.rawValue)", metricsToken == nil ? nil : "a token for measures",
        ].compactMap(\.self).joined(separator: " · ")
    }
}
