internal import ArgumentParser
internal import MaxHub
internal import MaxWire

/// What a command mutes or unmutes.
struct MuteArguments: ParsableArguments {
    @Argument(help: "first-sync, needs-attention, expiring, device-silent or disk-low.")
    var kind: String
    @Option(help: ArgumentHelp("Only of this connection: its short name, label or id.", valueName: "name"))
    var connection: String?
    @OptionGroup var place: PlaceOption
    @OptionGroup var output: OutputOptions

    /// Mutes or unmutes, and says so.
    func mute(_ isMuted: Bool, in program: Program) async throws {
        let kind = try NoticeKind.read(kind)
        try await program.withHub(place) { hub in
            var meant: ConnectionBody?
            if let connection { meant = try await hub.connection(named: connection) }
            let mutes = try await hub.mute(
                NoticeMuteChangeBody(kind: kind.rawValue, connection: meant?.id, muted: isMuted))
            if output.json { return program.printer.json(Reply(mutes: mutes)) }
            let place = meant.map { " of \($0.slug)" } ?? ""
            program.printer.line(
                isMuted
                    ? "You are not told any more: \(kind.word)\(place)." : "You are told again: \(kind.word)\(place).")
        }
    }

    private struct Reply: Encodable {
        let mutes: [NoticeMuteBody]
    }
}

/// `max notices mute`.
struct NoticeMuteCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "mute", abstract: "Do not be told of a kind of things any more, of one connection or of all.")

    @OptionGroup var arguments: MuteArguments

    func run(in program: Program) async throws { try await arguments.mute(true, in: program) }
}

/// `max notices unmute`.
struct NoticeUnmuteCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "unmute", abstract: "Be told of a kind of things again.")

    @OptionGroup var arguments: MuteArguments

    func run(in program: Program) async throws { try await arguments.mute(false, in: program) }
}
