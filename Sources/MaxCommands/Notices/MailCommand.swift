internal import ArgumentParser
internal import Foundation
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxNotices
internal import MaxTerminal
internal import MaxWire

/// `max mail`: the mailbox that notices go to.
struct MailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail", abstract: "Have notices mailed to you through your own mail server.",
        discussion: "Messages are sent by max serve, or by max sync --watch.",
        subcommands: [MailShowCommand.self, MailSetCommand.self, MailTestCommand.self, MailRemoveCommand.self],
        defaultSubcommand: MailShowCommand.self)
}

/// `max mail show`.
struct MailShowCommand: Command {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show how mail is set up.")

    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let mail = desk.project == nil ? nil : try await desk.engines.mail()
            if output.json { return desk.printer.json(MailStandingBody(mail)) }
            guard let mail else { return desk.say("No mail is set up. Set it up with max mail set.") }
            let wish = mail.kinds.isEmpty ? "Every notice" : mail.kinds.kindWords
            let user = mail.username.map { " as \($0)" } ?? ""
            desk.printer.line("\(wish) to \(mail.to), from \(mail.from), through \(mail.server)\(user).")
            guard let reason = mail.reason else { return }
            desk.printer.line(mail.disabledAt.map { "Out of use since \(Phrase.moment($0)): \(reason)" } ?? reason)
        }
    }
}

/// `max mail set`.
struct MailSetCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "set", abstract: "Set mail up.",
        discussion: """
            Port 465 speaks TLS from the first byte, every other one with STARTTLS. The password is asked for, or comes \
            on standard input; left empty, the one there is stays.
            """)

    @Option(help: ArgumentHelp("The mail server, with its port where that is not 465.", valueName: "host:port"))
    var host: String
    @Option(help: ArgumentHelp("The address that mail comes from.", valueName: "address"))
    var from: String
    @Option(help: ArgumentHelp("The address that mail goes to.", valueName: "address"))
    var to: String
    @Option(help: ArgumentHelp("Whom to sign in as; nobody unless given.", valueName: "name"))
    var username: String?
    @Flag(help: "Take the password from standard input.")
    var passwordStdin = false
    @Flag(help: "Speak unencrypted, which only a server on this machine is spoken to.")
    var unencrypted = false
    @OptionGroup var choice: ChannelOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if passwordStdin, username == nil { throw ValidationError("Give --username with --password-stdin.") }
    }

    func run(in program: Program) async throws {
        let password = try await password(program)
        try await program.withDesk(creating: true) { desk in
            let mail = try await desk.engines.setMail(
                MailRequestBody(
                    server: host, from: from, to: to, username: username, kinds: choice.kinds,
                    allowedHosts: choice.allowHost, unencrypted: unencrypted), password: password)
            if output.json { return desk.printer.json(MailStandingBody(mail)) }
            desk.printer.line("Notices are mailed to \(mail.to) through \(mail.server).")
            desk.say("Try it with max mail test")
        }
    }

    private func password(_ program: Program) async throws -> SecretValue? {
        guard let username else { return nil }
        if passwordStdin {
            let bytes = (try FileHandle.standardInput.read(upToCount: 4_096) ?? Data()).trimmingLineEnd
            return bytes.isEmpty ? nil : SecretValue(bytes)
        }
        guard program.terminal.isInteractive, !output.json else { return nil }
        let prompt = LinePrompt(
            "Password of \(username)", help: ["Max stores it encrypted. Enter keeps the one there is."])
        guard case .value(let bytes) = try await program.terminal.askSecret(prompt) else { throw CancellationError() }
        return bytes.isEmpty ? nil : SecretValue(bytes)
    }
}

/// `max mail test`.
struct MailTestCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Mail a test.",
        discussion: "Mail that was put out of use is in use again when the server takes the test.")

    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let channels = try desk.engines.channels()
            try await channels.testMail()
            let mail = try await desk.engines.mail()
            if output.json { return desk.printer.json(ChannelReply(tested: mail?.to)) }
            desk.printer.line("\(mail?.server ?? "The server") took a test for \(mail?.to ?? "you").")
        }
    }
}

/// `max mail remove`.
struct MailRemoveCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Have nothing mailed any more, and delete the password.")

    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let channels = try desk.engines.channels()
            let mail = try await desk.engines.mail()
            try await channels.removeMail()
            if output.json { return desk.printer.json(ChannelReply(removed: mail?.to)) }
            let farewell = mail?.username == nil ? "" : " The password is deleted."
            desk.printer.line("Nothing is mailed any more.\(farewell)")
        }
    }
}

extension Data {
    /// The bytes without a line break at their end.
    fileprivate var trimmingLineEnd: Data {
        var bytes = self
        if bytes.last == 0x0a { bytes.removeLast() }
        if bytes.last == 0x0d { bytes.removeLast() }
        return bytes
    }
}
