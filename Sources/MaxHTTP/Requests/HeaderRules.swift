internal import Foundation
internal import MaxConnector
internal import MaxCore

/// What goes into a request's headers.
enum HeaderRules {
    /// Headers that belong to the connection or to the platform.
    private static let platforms: Set<String> = [
        "host", "connection", "content-length", "transfer-encoding", "te", "trailer", "upgrade", "expect",
        "accept-encoding", "keep-alive", "proxy-authorization", "proxy-connection",
    ]

    /// Headers that may follow a redirect to another origin: they tell the form of things and nothing of the owner.
    private static let harmless: Set<String> = ["accept", "accept-language", "content-type", "user-agent"]

    /// The headers of a request but for its credential.
    ///
    /// - Throws: ``MaxCore/Problem`` for a name or a value that cannot be sent (RFC 9110, section 5).
    static func plain(_ request: UpstreamRequest) throws -> [(name: String, value: String)] {
        var headers = request.headers.filter { !platforms.contains($0.name.lowercased()) }
        guard headers.allSatisfy({ isToken($0.name) && isSendable($0.value) }) else { throw Problem.badHeader }
        let names = Set(headers.map { $0.name.lowercased() })
        if !names.contains("accept") { headers.append(("Accept", "application/json")) }
        if !names.contains("user-agent") { headers.append(("User-Agent", "Max")) }
        headers.append(("Accept-Encoding", "gzip"))
        return headers
    }

    /// The header that signs a request in, its secret read now.
    ///
    /// - Throws: ``MaxCore/Problem`` attributed to the credential when it cannot be sent; what reading it throws.
    static func credential(
        _ authorization: UpstreamRequest.Authorization
    ) async throws -> (name: String, value: String) {
        let handle = authorization.handle
        let secret = try await handle.get()
        let header: (name: String, value: String) = secret.withText { text in
            switch authorization {
            case .bearer: ("Authorization", "Bearer \(text)")
            case .basic(let user, _): ("Authorization", "Basic \(Data("\(user):\(text)".utf8).base64EncodedString())")
            case .header(let name, _): (name, text)
            }
        }
        guard isToken(header.name) else { throw Problem.badHeader }
        guard isSendable(header.value), !secret.isBlank else { throw Problem.badCredential(handle) }
        return header
    }

    /// The headers that may go to another origin.
    static func harmless(among headers: [(name: String, value: String)]) -> [(name: String, value: String)] {
        headers.filter { harmless.contains($0.name.lowercased()) }
    }

    private static func isToken(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { (0x21...0x7e).contains($0) && !"\"(),/:;<=>?@[\\]{}".utf8.contains($0) }
    }

    private static func isSendable(_ value: String) -> Bool {
        value.utf8.allSatisfy { (0x20...0x7e).contains($0) || $0 == 0x09 }
    }
}

extension UpstreamRequest.Authorization {
    /// The credential it needs.
    var handle: CredentialHandle<SecretValue> {
        switch self {
        case .bearer(let handle), .basic(_, let handle), .header(_, let handle): handle
        }
    }
}

extension Problem {
    fileprivate static var badHeader: Problem {
        Problem(
            "invalid_request", .permanent, "The connector made a request with a header that cannot be sent.",
            fix: .action("Tell whoever wrote the connector."))
    }

    static func badCredential(_ handle: CredentialHandle<SecretValue>) -> Problem {
        Problem(
            "credential_malformed", .auth,
            "This \(handle.label.inSentence) has a character in it that no credential can have, such as a line break.",
            field: handle.name, rung: .signIn, fix: .action("Copy it again and paste it whole."))
    }
}
