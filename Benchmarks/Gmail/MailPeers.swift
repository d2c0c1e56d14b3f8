internal import Dovecot
internal import Foundation
internal import HostileServer

/// Programs of the same purpose, reading the same mailbox of the same server over TLS.
struct MailPeers: Sendable {
    private static let fetch = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "fetch.py").path
    private let server: Dovecot
    private let folder: URL

    /// Prepares them in a folder that is empty.
    init(_ server: Dovecot, in folder: URL) throws {
        (self.server, self.folder) = (server, folder)
        try Data(TestCertificates.authority.utf8).write(to: authority)
        try Data(configuration.utf8).write(to: folder.appending(path: "mbsyncrc"))
        try FileManager.default.createDirectory(at: folder.appending(path: "mail"), withIntermediateDirectories: true)
    }

    /// `mbsync` into a Maildir, from the start of its process to its end; called again, what is new since.
    func mbsync() async throws -> Duration {
        let arguments = ["--config", folder.appending(path: "mbsyncrc").path, "--all"]
        return try await ProgramRun("mbsync", arguments, environment: ["HOME": folder.path]).time
    }

    /// Python's `imaplib`, what it fetches stored unparsed into a new database; without its start.
    func imaplib(headers: Bool = false) async throws -> Duration {
        let arguments = [
            Self.fetch, "localhost", "\(server.port)", authority.path, server.user, server.password,
            folder.appending(path: "fetched.db").path,
        ]
        return try await ProgramRun("python3", arguments + (headers ? ["headers"] : [])).seconds
    }

    private var authority: URL { folder.appending(path: "authority.pem") }

    private var configuration: String {
        """
        IMAPStore server
        Host localhost
        Port \(server.port)
        User \(server.user)
        Pass \(quoted(server.password))
        SSLType IMAPS
        CertificateFile \(authority.path)

        MaildirStore here
        Path \(folder.path)/mail/
        Inbox \(folder.path)/mail/INBOX

        Channel mail
        Far :server:
        Near :here:
        Patterns INBOX
        Create Near
        Sync Pull
        SyncState *

        """
    }

    private func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
