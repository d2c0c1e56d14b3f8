import Foundation
import MaxConnector
import MaxCore

/// The secret of a Gmail connection.
enum GmailCredentials {
    static let password = Credential.string("password", label: "App password", example: "abcd efgh ijkl mnop")

    /// Whether a text is an app password as Google shows it: sixteen letters, in groups of four or not.
    static func isAppPassword(_ text: String) -> Bool {
        let letters = text.unicodeScalars.filter { !$0.properties.isWhitespace }
        return letters.count == 16 && letters.allSatisfy { $0.isASCII && $0.properties.isAlphabetic }
    }
}

/// Where a Gmail connection leads.
struct GmailConfig: ConnectorConfig {
    var address: String
    var host: String
    var port: Int
    var security: String

    /// What a host's name or address looks like.
    static let hostPattern = Pattern(
        #"[\p{L}\p{N}._-]+|[0-9A-Fa-f]*:[0-9A-Fa-f]*:[0-9A-Fa-f:.]*"#,
        otherwise: "A mail server is a name alone, such as imap.example.com; the port has a question of its own.")

    /// Whether the server is Gmail's own.
    static func isGmail(_ host: String) -> Bool {
        ["imap.gmail.com", "imap.googlemail.com"].contains(host.lowercased())
    }

    /// The account's address as it is compared: in lower case, and `googlemail.com` as the `gmail.com` that it is.
    ///
    /// Dots and what stands behind a plus are kept: other servers tell them apart, and Gmail takes every spelling for sign-in.
    var account: String {
        let folded = address.trimmingCharacters(in: .whitespacesAndNewlines).lowercased()
        let old = "@googlemail.com"
        return folded.hasSuffix(old) ? folded.dropLast(old.count) + "@gmail.com" : folded
    }

    func validate() throws {
        guard (1...65_535).contains(port) else {
            throw Problem("port_invalid", .permanent, "A port is a number from 1 to 65535.", field: "port")
        }
        if security == "none", GmailConfig.isGmail(host) {
            throw Problem("security_required", .permanent, "Gmail is only ever reached over TLS.", field: "security")
        }
    }
}

/// The page on which Google makes app passwords.
let appPasswordPage = URL(string: "https://myaccount.google.com/apppasswords")

let gmailOnboarding = OnboardingFlow<GmailConfig> {
    InputStep("Your Gmail") {
        Input(\.address, "E-mail address", as: .email, example: "you@gmail.com", autocomplete: "email")
        Secret(
            GmailCredentials.password, help: appPasswordPage,
            note: "Google makes it for one program and shows it once. It is not the password of your account.")
        Input(
            \.host, "Mail server",
            help: "For mail that is not at Gmail: its IMAP server, which takes the mailbox’s own password instead.",
            pattern: GmailConfig.hostPattern, fallback: "imap.gmail.com", advanced: true)
        Input(\.port, "Port", as: .integer(minimum: 1, maximum: 65_535), fallback: 993, advanced: true)
        Input(
            \.security, "Encryption",
            as: .choice([
                Choice("TLS", value: "tls"), Choice("STARTTLS", value: "starttls"),
                Choice("None, on this machine only", value: "none"),
            ]), fallback: "tls", advanced: true)
    }
    ValidationStep("Checking with Gmail") { draft, context in
        let config = GmailConfig(
            address: try draft.address, host: try draft.host, port: try draft.port, security: try draft.security)
        let server = MailServer(config, context.credentials, context.upstream)
        try await server.checkPassword()
        let client = try await server.dial()
        do {
            let identity = try await check(config, server, client, context)
            await client.close()
            return identity
        } catch {
            await client.close()
            throw error
        }
    }
}

/// Climbs from the sign-in to a first message; whose account it is, the address says that opened it.
private func check(
    _ config: GmailConfig, _ server: MailServer, _ client: IMAPClient, _ context: SetupContext
) async throws -> Identity {
    try await context.climb(.signIn) { try await server.signIn(client) }
    let identity = try await context.climb(.identity) { Identity(id: config.account, label: config.account) }
    let mailboxes = try await context.prove(.permissions) { try await server.mailboxes(client) }
    guard let mailboxes else { return identity }
    try await context.prove(.record) {
        let first = try await server.firstMailbox(of: mailboxes, client)
        if try await client.open(first.name).exists > 0 { _ = try await client.search("UID *") }
    }
    return identity
}
