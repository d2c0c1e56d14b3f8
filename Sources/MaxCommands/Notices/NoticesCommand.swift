internal import ArgumentParser
internal import Foundation
internal import MaxHub
internal import MaxTerminal
internal import MaxWire

/// `max notices`: what the owner has to know.
struct NoticesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notices", abstract: "See what you have to know, and choose what you are told.",
        discussion: "Notices are told while max serve or max sync --watch runs.",
        subcommands: [
            NoticeListCommand.self, NoticeReadCommand.self, NoticeMuteCommand.self, NoticeUnmuteCommand.self,
        ], defaultSubcommand: NoticeListCommand.self)
}

/// `max notices list`.
struct NoticeListCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List what is open, the newest first.")

    @Flag(help: "With what is over, and what is muted.")
    var all = false
    @OptionGroup var place: PlaceOption
    @OptionGroup var output: OutputOptions

    /// How many are listed.
    private static let most = 500

    func run(in program: Program) async throws {
        try await program.withHub(place) { hub in
            let notices = try await hub.notices(isOpen: !all, atMost: Self.most)
            let mutes = try await hub.mutes()
            if output.json { return program.printer.json(Reply(notices: notices, mutes: mutes)) }
            if notices.isEmpty { program.printer.line(all ? "No notices yet." : "Nothing needs you.") }
            let now = program.surroundings.now()
            for notice in notices {
                for line in notice.lines(at: now) { program.printer.line(line) }
            }
            if !hub.isTended {
                let words = "Nobody keeps watch now, as max serve does: max ls says how every account is."
                program.printer.line("\(words, .dim)")
            }
            if !mutes.isEmpty {
                program.printer.line("\("Muted: \(mutes.map(\.words).joined(separator: ", "))", .dim)")
            }
        }
    }

    private struct Reply: Encodable {
        let notices: [NoticeBody]
        let mutes: [NoticeMuteBody]
    }
}

/// `max notices read`.
struct NoticeReadCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "read", abstract: "Note that you have read a notice, or all of them.")

    @Argument(help: "The notice: its id, or the beginning of that; all of them unless given.")
    var notice: String?
    @OptionGroup var place: PlaceOption
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withHub(place) { hub in
            let unread = try await hub.notices(isOpen: true, atMost: 1000).filter(\.isUnread)
            let read: [NoticeBody]
            if let notice {
                read = [try await hub.notices(isOpen: false, atMost: 1000).notice(named: notice)]
            } else {
                read = unread
            }
            try await hub.readNotices(notice == nil ? nil : read.first?.id)
            if output.json { return program.printer.json(Reply(read: read.map(\.id))) }
            program.printer.line(read.isEmpty ? "Nothing was unread." : "Read \(Phrase.count(read.count, "notice")).")
        }
    }

    private struct Reply: Encodable {
        let read: [String]
    }
}
