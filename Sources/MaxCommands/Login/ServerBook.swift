internal import Foundation
internal import MaxClient
internal import MaxCore

/// The servers that somebody logged in to from here, each with its token, in a file that nobody else may read.
struct ServerBook: Sendable {
    /// Nil where there is no home to keep it in.
    private let file: URL?

    /// What the file holds.
    private struct Page: Codable {
        /// The version of the file's form.
        var max = 1
        /// The logins by the address of their server.
        var servers: [String: Entry] = [:]

        struct Entry: Codable {
            let token: String
            let scopes: [String]
            let expiresAt: Date
        }
    }

    /// Finds the book's place (XDG Base Directory Specification).
    init(_ settings: Settings) { file = settings.configurationFolder?.appending(path: "max/servers.json") }

    /// The one server that there is a login to; nil when there is none, or several.
    func only() throws -> ServerAddress? {
        let servers = try read().servers.keys
        return servers.count == 1 ? try servers.first.map { try ServerAddress($0) } : nil
    }

    /// The token for a server.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `login_missing` or `login_ended`.
    func token(for server: ServerAddress) throws -> SecretValue {
        guard let entry = try read().servers[server.description] else {
            throw MaxError(
                .loginMissing, "You are not logged in to \(server).", fix: "Log in with max login \(server).")
        }
        guard entry.expiresAt > Date() else {
            throw MaxError(
                .loginEnded, "The login to \(server) is over: its time has passed.",
                fix: "Log in again with max login \(server).")
        }
        return SecretValue(entry.token)
    }

    /// Keeps a login, in place of the one before.
    func keep(_ login: Login, to server: ServerAddress) throws {
        var page = try read()
        page.servers[server.description] = Page.Entry(
            token: login.token.withText { $0 }, scopes: login.scopes, expiresAt: login.expiresAt)
        try write(page)
    }

    /// Forgets a login; false when there was none.
    func forget(_ server: ServerAddress) throws -> Bool {
        var page = try read()
        guard page.servers.removeValue(forKey: server.description) != nil else { return false }
        try write(page)
        return true
    }

    /// The addresses of all servers that there is a login to.
    func servers() throws -> [String] { try read().servers.keys.sorted() }

    private func read() throws -> Page {
        guard let file, FileManager.default.fileExists(atPath: file.path) else { return Page() }
        let attributes = try? FileManager.default.attributesOfItem(atPath: file.path)
        let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0
        guard mode & 0o077 == 0 else {
            throw MaxError(
                "servers_exposed", "Others on this machine can read your logins in \(file.path).",
                fix: "Run chmod 600 \(file.path), and log in again if somebody may have looked.")
        }
        guard let data = try? Files.read(file, atMost: 1 << 20),
            let page = try? JSON.decoder.decode(Page.self, from: data),
            page.max == 1
        else {
            throw MaxError(
                "servers_unreadable", "\(file.path) cannot be read as a list of logins.",
                fix: "Move it away and log in again.")
        }
        return page
    }

    /// Writes the whole file or none of it; nobody else can read it at any moment.
    private func write(_ page: Page) throws {
        guard let file else {
            throw MaxError(
                "home_missing", "There is no home folder to keep logins in.", fix: "Set HOME or XDG_CONFIG_HOME.")
        }
        try Files.makePrivateFolder(file.deletingLastPathComponent())
        let draft = try ExportFile(file, replacing: true)
        try draft.write(Array(JSON.encoder.encode(page)))
        try draft.settle()
    }
}
