internal import Foundation
internal import MaxCore

/// What the command line says of a server; what it does not say is read from the environment.
package struct ServerOptions: Sendable {
    /// Option `--listen`.
    package var listen: String?
    /// Option `--public-url`.
    package var publicURL: String?
    /// Option `--tls-certificate`.
    package var certificate: String?
    /// Option `--tls-key`.
    package var key: String?
    /// Option `--trust-proxy`.
    package var trustsProxy = false
    /// Option `--log`.
    package var log: String?

    package init() {}
}

extension ServerSettings {
    /// Reads the settings of an environment, of which options are the stronger word.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `setting_invalid`, which names the setting.
    package init(_ environment: [String: String], _ options: ServerOptions = ServerOptions()) throws {
        let given = environment.filter { !$0.value.allSatisfy(\.isWhitespace) }
        if let said = Said(given, "MAX_LISTEN", options.listen, "--listen") { (host, port) = try said.address() }
        publicOrigin = try Said(given, "MAX_PUBLIC_URL", options.publicURL, "--public-url")?.origin()
        certificate = try Self.certificate(given, options)
        trustsProxy = try options.trustsProxy || Said(given, "MAX_TRUST_PROXY", nil, "")?.isYes() ?? false
        if let said = Said(given, "MAX_LOG", options.log, "--log") { log = try said.logForm() }
        metricsToken = try Said(given, "MAX_METRICS_TOKEN", nil, "")?.token()
    }

    private static func certificate(
        _ given: [String: String], _ options: ServerOptions
    ) throws -> CertificateFiles? {
        let certificate = Said(given, "MAX_TLS_CERTIFICATE", options.certificate, "--tls-certificate")
        let key = Said(given, "MAX_TLS_KEY", options.key, "--tls-key")
        switch (certificate, key) {
        case (let certificate?, let key?):
            return CertificateFiles(certificate: try certificate.file(), key: try key.file())
        case (nil, nil): return nil
        case (let certificate?, nil):
            throw certificate.wrong("says where the certificate is", "Say with MAX_TLS_KEY where its key is.")
        case (nil, let key?):
            throw key.wrong("says where the key is", "Say with MAX_TLS_CERTIFICATE where its certificate is.")
        }
    }
}

/// A setting that was given, and the name it was given under.
private struct Said {
    let name: String
    let text: String

    init?(_ given: [String: String], _ variable: String, _ option: String?, _ optionName: String) {
        if let option {
            (name, text) = (optionName, option)
        } else if let value = given[variable] {
            (name, text) = (variable, value.trimmingCharacters(in: .whitespacesAndNewlines))
        } else {
            return nil
        }
    }

    /// `127.0.0.1:7117`, `[::1]:7117`, `:7117` or a port alone.
    func address() throws -> (host: String, port: Int) {
        let form = /(?:(?:\[(?<six>[0-9a-fA-F:.]+)\]|(?<host>[A-Za-z0-9._-]+))?:)?(?<port>[0-9]{1,5})/
        guard let parts = text.wholeMatch(of: form), let port = Int(parts.port), port < 65_536 else {
            throw wrong("is no address: \(text.quoted)", "Write it as 127.0.0.1:7117.")
        }
        let isPortAlone = !text.contains(":")
        return ((parts.six ?? parts.host).map(String.init) ?? (isPortAlone ? "127.0.0.1" : "0.0.0.0"), port)
    }

    /// `https://max.example.org`, without a path.
    func origin() throws -> ServerOrigin {
        guard let url = URLComponents(string: text), let scheme = url.scheme?.lowercased(),
            let kind = ServerOrigin.Scheme(rawValue: scheme), let host = url.host, !host.isEmpty,
            ["", "/"].contains(url.path), url.query == nil, url.fragment == nil, url.user == nil, url.password == nil
        else {
            throw wrong(
                "is no address of a site: \(text.quoted)", "Write it as https://max.example.org, without a path.")
        }
        let isUsual = url.port == (kind == .https ? 443 : 80)
        return ServerOrigin(scheme: kind, authority: host + (url.port.map { isUsual ? "" : ":\($0)" } ?? ""))
    }

    func file() throws -> String {
        guard FileManager.default.isReadableFile(atPath: text) else {
            throw wrong("names \(text), which cannot be read", "Name a file that Max may read.")
        }
        return text
    }

    func isYes() throws -> Bool {
        switch text.lowercased() {
        case "yes", "true", "1": return true
        case "no", "false", "0": return false
        default:
            throw wrong(
                "is neither yes nor no: \(text.quoted)", "Write yes, when a proxy of your own stands before Max.")
        }
    }

    func logForm() throws -> ServerSettings.LogForm {
        guard let form = ServerSettings.LogForm(rawValue: text.lowercased()) else {
            throw wrong("is no form of a log: \(text.quoted)", "Choose text or json.")
        }
        return form
    }

    func token() throws -> SecretValue {
        guard text.count >= 16 else { throw wrong("is too short to be safe", "Give 16 characters or more.") }
        return SecretValue(text)
    }

    func wrong(_ what: String, _ fix: String) -> MaxError { MaxError("setting_invalid", "\(name) \(what).", fix: fix) }
}
