public import Foundation
public import MaxCore

/// A stream of bytes to a provider and back, for protocols other than HTTP.
///
/// The platform keeps the same rules as for requests: it refuses addresses the connector has no business with, checks
/// certificates, ends a silence that lasts too long, and says what goes wrong in a ``MaxCore/Problem``. What the bytes mean
/// is the connector's affair. One caller reads and one writes at a time.
public protocol UpstreamLine: Sendable {
    /// Waits for bytes, and takes all that have come; nil once the provider has closed the line.
    ///
    /// While nobody reads, a bounded number of bytes is taken from the provider and no more.
    ///
    /// - Throws: ``MaxCore/Problem`` when the line broke or nothing came for too long; the line is of no more use then.
    func read() async throws -> Data?

    /// Sends parts, one behind the other, and waits until they are on their way.
    ///
    /// Secrets are opened at the last moment; when one cannot be sent as asked, nothing at all is.
    ///
    /// - Throws: ``MaxCore/Problem``.
    func write(_ parts: [LinePart]) async throws

    /// Sets up TLS on a line that was opened with ``LineRequest/Security/startTLS``, once the provider has agreed.
    ///
    /// - Throws: ``MaxCore/Problem``, also when bytes have come that nobody has read: they were sent in the open, by who
    ///   knows whom, and would pass for something said under TLS (RFC 9051, section 11.1).
    func startTLS() async throws

    /// Closes the line; closing it again changes nothing.
    ///
    /// - Parameter problem: What the provider said in the end, in the protocol's own words. From a refused credential and
    ///   from a wait that was asked for the platform draws the same conclusions as from an answer to a request.
    func close(because problem: Problem?) async
}

extension UpstreamLine {
    /// Sends bytes.
    public func write(_ bytes: Data) async throws { try await write([.bytes(bytes)]) }

    /// Closes the line.
    public func close() async { await close(because: nil) }
}

/// Where a line leads, and how it is kept from others' eyes.
public struct LineRequest: Sendable, Hashable {
    /// A host's name, or an address in numbers.
    public var host: String
    /// The port.
    public var port: Int
    /// How the line is encrypted.
    public var security: Security
    /// What people call whom it leads to; nil for the connector's own provider.
    public var provider: String?

    /// Creates a request for a line.
    public init(host: String, port: Int, security: Security = .tls, provider: String? = nil) {
        self.host = host
        self.port = port
        self.security = security
        self.provider = provider
    }

    /// How a line is encrypted.
    public enum Security: String, Sendable, Hashable, Codable, CaseIterable {
        /// With TLS from the first byte (RFC 8314).
        case tls
        /// With TLS once ``UpstreamLine/startTLS()`` is called; no secret is sent earlier.
        case startTLS = "starttls"
        /// Not at all, which is for providers on this machine.
        case none
    }
}

/// A piece of what is sent over a line.
public enum LinePart: Sendable {
    /// Bytes as they are.
    case bytes(Data)
    /// A credential, opened when it is sent.
    case secret(CredentialHandle<SecretValue>, SecretSpelling)

    /// Text, as UTF-8.
    public static func text(_ text: String) -> LinePart { .bytes(Data(text.utf8)) }

    /// How a credential is spelt on a line.
    ///
    /// None lets a line break or a NUL through as such.
    public enum SecretSpelling: Sendable, Hashable {
        /// As it is.
        case plain
        /// In quotation marks, its own escaped with a backslash (`quoted` of RFC 9051); ASCII only.
        case quoted
        /// Behind its length, as `{4+}` and a line break (RFC 7888).
        case literal
        /// In base64.
        case base64
        /// With the user's name in base64 (RFC 4616).
        case saslPlain(user: String)
    }
}
