internal import ArgumentParser
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxNotices
internal import MaxTerminal
internal import MaxWire

/// `max webhooks`: where notices are posted to.
struct WebhooksCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "webhooks", abstract: "Have notices posted to addresses of your choice.",
        discussion: "Messages are sent by max serve, or by max sync --watch.",
        subcommands: [
            WebhookListCommand.self, WebhookAddCommand.self, WebhookRemoveCommand.self, WebhookRotateCommand.self,
            WebhookTestCommand.self,
        ], defaultSubcommand: WebhookListCommand.self)
}

/// `max webhooks list`.
struct WebhookListCommand: Command {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the webhooks.")

    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let webhooks = desk.project == nil ? [] : try await desk.engines.webhooks()
            if output.json { return desk.printer.json(WebhooksBody(webhooks)) }
            if webhooks.isEmpty { return desk.say("There is no webhook. Add one with max webhooks add.") }
            desk.printer.table(webhooks.map { [$0.short, $0.origin, $0.wish, $0.standing] })
        }
    }
}

/// `max webhooks add`.
struct WebhookAddCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Have notices posted to an address.",
        discussion: "Prints the secret by which its receiver recognises messages; it is not shown again.")

    @Argument(help: "The address, which begins with https://.")
    var url: String
    @OptionGroup var choice: ChannelOptions
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk(creating: true) { desk in
            let added = try await desk.engines.addWebhook(
                WebhookRequestBody(url: url, kinds: choice.kinds, allowedHosts: choice.allowHost))
            if output.json { return desk.printer.json(added) }
            desk.printer.line("\(added.webhook.short) posts \(added.webhook.wish) to \(added.webhook.origin).")
            desk.printer.line("Its secret, which is not shown again: \(added.secret)")
            desk.say("Try it with max webhooks test \(added.webhook.short)")
        }
    }
}

/// `max webhooks remove`.
struct WebhookRemoveCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "remove", abstract: "Remove a webhook and all that is on its way to it.")

    @Argument(help: "The webhook: its id, or the beginning of that.")
    var id: String
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let webhook = try await desk.webhook(id)
            try await desk.engines.channels().removeWebhook(NoticeChannelID(rawValue: webhook.id))
            if output.json { return desk.printer.json(ChannelReply(removed: webhook.id)) }
            desk.printer.line("\(webhook.short) is removed.")
        }
    }
}

/// `max webhooks rotate`.
struct WebhookRotateCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Give a webhook a new secret.",
        discussion: "Messages are signed with the new one and, for a day, with the one before as well.")

    @Argument(help: "The webhook: its id, or the beginning of that.")
    var id: String
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let rotated = try await desk.engines.rotateWebhook(desk.webhook(id).id)
            if output.json { return desk.printer.json(rotated) }
            desk.printer.line("Its new secret, which is not shown again: \(rotated.secret)")
            if let end = rotated.webhook.previousUntil {
                desk.say("The one before signs too until \(Phrase.moment(end)).")
            }
        }
    }
}

/// `max webhooks test`.
struct WebhookTestCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "test", abstract: "Post a test to a webhook.",
        discussion: "A webhook that was put out of use is in use again when the test arrives.")

    @Argument(help: "The webhook: its id, or the beginning of that.")
    var id: String
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            let webhook = try await desk.webhook(id)
            try await desk.engines.channels().testWebhook(NoticeChannelID(rawValue: webhook.id))
            if output.json { return desk.printer.json(ChannelReply(tested: webhook.id)) }
            desk.printer.line("The test arrived at \(webhook.origin).")
        }
    }
}

/// What goes through a channel, and where it may lead.
struct ChannelOptions: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Only these kinds of notices; all unless given.", valueName: "kind"))
    var kinds: [String] = []
    @Option(help: ArgumentHelp("Allow this host although its address is private.", valueName: "host"))
    var allowHost: [String] = []
}

/// What was done with a channel.
struct ChannelReply: Encodable {
    var removed: String?
    var tested: String?
}

extension Desk {
    /// The webhook that people mean: by its id or the beginning of that.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `webhook_not_found` or `webhook_ambiguous`.
    fileprivate func webhook(_ word: String) async throws -> WebhookBody {
        let webhooks = try await engines.webhooks()
        let found = webhooks.filter { [$0.id, String($0.id.dropFirst(4))].contains { $0.hasPrefix(word) } }
        guard let webhook = found.first, !word.isEmpty else {
            throw MaxError(
                .webhookNotFound, "There is no webhook \(word.quoted).", fix: "List them with max webhooks.")
        }
        guard found.count == 1 else {
            throw MaxError(
                "webhook_ambiguous", "\(found.count) webhooks begin with \(word.quoted).",
                fix: "Give more of it; list them with max webhooks.")
        }
        return webhook
    }
}

extension WebhookBody {
    /// Enough of its id to be told from others by a person.
    fileprivate var short: String { String(id.prefix(12)) }

    /// What is posted, for people.
    fileprivate var wish: String { kinds.isEmpty ? "every notice" : kinds.kindWords }

    /// How it is, for people.
    fileprivate var standing: String {
        disabledAt.map { "out of use since \(Phrase.moment($0)): \(reason ?? "")" }
            ?? "in use\(reason.map { ": \($0)" } ?? "")"
    }
}

extension [String] {
    /// Kinds of notices as they are typed.
    var kindWords: String { map { $0.replacing("_", with: "-") }.joined(separator: ", ") }
}
