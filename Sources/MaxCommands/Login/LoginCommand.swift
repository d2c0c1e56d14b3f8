internal import ArgumentParser
internal import Foundation
internal import MaxClient
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxTerminal
internal import MaxWire

/// `max login`: lets this machine in to a server.
struct LoginCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "login", abstract: "Log in to a server, so that commands can be asked of it with --server.",
        discussion: """
            Shows a code that you approve on the server's own page, signed in there. What this machine may do then is \
            what you allow on that page; it ends after 90 days, or when you revoke it.
            """)

    @Argument(help: "The server's address, such as https://max.example.org.")
    var server: String
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        let (server, book) = (try ServerAddress(server), ServerBook(program.settings))
        let login = try await Client.with(server, token: nil) { client in
            let begun = try await client.beginLogin(as: Self.name)
            program.terminal.say("\("Log in to \(server)", .strong)")
            program.terminal.say("  Open \("\(begun.verificationURIComplete)", .accent)")
            program.terminal.say("  and approve the code \("\(begun.userCode)", .strong)")
            return try await waiting(on: program) { try await client.finishLogin(begun) }
        }
        try book.keep(login, to: server)
        if output.json { return program.printer.json(Reply(login: .init(server: "\(server)", login))) }
        program.printer.line("Logged in to \(server), until \(Phrase.moment(login.expiresAt)).")
        program.printer.line("It may \(login.scopes.joined(separator: ", ")). Next: max ls --server \(server)")
    }

    private func waiting(
        on program: Program, _ work: @escaping @Sendable () async throws -> Login
    ) async throws -> Login {
        if output.json || !program.terminal.isInteractive { return try await Interrupts.cancelling(work) }
        return try await program.terminal.working("Waiting for you to approve it") { _ in try await work() }
    }

    /// What the owner sees on the page: which machine asks.
    private static var name: String { "max on \(ProcessInfo.processInfo.hostName)".prefix(60).description }

    private struct Reply: Encodable {
        let login: Body
        struct Body: Encodable {
            let server: String
            let scopes: [String]
            let expiresAt: Date

            init(server: String, _ login: Login) {
                (self.server, scopes, expiresAt) = (server, login.scopes, login.expiresAt)
            }
        }
    }
}

/// `max logout`: forgets a login.
struct LogoutCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "logout", abstract: "Forget the login to a server.",
        discussion: "The token is removed from this machine. The owner ends it for good on the server's page Access.")

    @Argument(help: "The server's address; not needed when there is one login alone.")
    var server: String?
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        let book = ServerBook(program.settings)
        let server = try named(in: book)
        let was = try book.forget(server)
        if output.json { return program.printer.json(Reply(logout: .init(server: "\(server)", known: was))) }
        program.printer.line(was ? "Logged out of \(server)." : "There was no login to \(server).")
    }

    private func named(in book: ServerBook) throws -> ServerAddress {
        if let server { return try ServerAddress(server) }
        if let only = try book.only() { return only }
        let all = try book.servers()
        throw MaxError(
            "options_invalid",
            all.isEmpty ? "You are logged in to no server." : "You are logged in to several servers.",
            fix: all.isEmpty
                ? "Log in with max login and the server's address." : "Name one of: \(all.joined(separator: ", ")).")
    }

    private struct Reply: Encodable {
        let logout: Body
        struct Body: Encodable {
            let server: String
            /// Whether there was a login.
            let known: Bool
        }
    }
}
