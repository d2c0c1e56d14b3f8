internal import ArgumentParser
internal import Foundation
internal import MaxHub
internal import MaxWire

/// `max schedule`: when a connection is synced by itself.
struct ScheduleCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "schedule", abstract: "Show or change when a connection is synced by itself.",
        discussion: "Syncs are carried out by max serve, or by max sync --watch.")

    @Argument(help: "The connection: its short name, label or id.")
    var connection: String
    @Option(help: ArgumentHelp("How long to wait between two syncs, such as 30m, 2h or 1d.", valueName: "time"))
    var every: String?
    @Flag(help: "Leave that to the connector again.")
    var `default` = false
    @Flag(help: "Leave the connection alone.")
    var pause = false
    @Flag(help: "Sync it again.")
    var resume = false
    @OptionGroup var place: PlaceOption
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if every != nil, `default` { throw ValidationError("Give --every or --default, not both.") }
        if pause, resume { throw ValidationError("Give --pause or --resume, not both.") }
    }

    private func change() throws -> ScheduleChangeBody? {
        let seconds = `default` ? 0 : try every.map { Int(try SyncInterval.read($0)) }
        let paused = pause ? true : resume ? false : nil
        return seconds == nil && paused == nil ? nil : ScheduleChangeBody(every: seconds, paused: paused)
    }

    func run(in program: Program) async throws {
        let change = try change()
        try await program.withHub(place) { hub in
            var body = try await hub.connection(named: connection)
            if let change { body = try await hub.schedule(body, change) }
            if output.json { return program.printer.json(Reply(connection: body)) }
            program.printer.line("\(body.slug) is \(body.rhythm(at: program.surroundings.now())).")
        }
    }

    private struct Reply: Encodable {
        let connection: ConnectionBody
    }
}

extension ConnectionBody {
    /// When it is synced by itself, as the end of a sentence.
    func rhythm(at now: Date) -> String {
        if state == "paused" { return "paused: nothing is collected until it is resumed" }
        guard state == "active", let schedule else { return "not synced by itself" }
        let words = SyncInterval.words(TimeInterval(schedule.every))
        let often = "synced \(words)\(schedule.own ? "" : ", as recommended")"
        guard let next = health?.nextAt else { return often }
        let left = next.timeIntervalSince(now)
        return "\(often), next \(left < 60 ? "at once" : "in \(Phrase.duration(left))")"
    }
}
