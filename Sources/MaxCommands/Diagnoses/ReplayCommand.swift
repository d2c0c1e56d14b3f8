internal import ArgumentParser
internal import Foundation
internal import MaxHub
internal import MaxWire

/// `max replay`: what happened in a sync or a setup, once more.
struct ReplayCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Show again what happened in a sync or a setup.",
        discussion: """
            Every call, wait, rung and commit is told as it was, without a value of anybody's: no names, no addresses, \
            nothing collected. In a terminal it goes at its own speed, waits cut short; into a file or a pipe, at once.
            """)

    @Argument(help: "The sync or setup: its id, the beginning of that, or “last”.")
    var recording: String
    @Flag(help: "All of it at once.")
    var atOnce = false
    @Option(help: ArgumentHelp("How many times faster than it was; 4 otherwise.", valueName: "times"))
    var speed: Double?
    @OptionGroup var place: PlaceOption
    @OptionGroup var output: OutputOptions

    /// The longest wait between two lines, in seconds.
    private static let longestWait: TimeInterval = 1

    func validate() throws {
        if let speed, !(0.1...1000).contains(speed) { throw ValidationError("--speed is from 0.1 to 1000.") }
        if speed != nil, atOnce { throw ValidationError("Give --speed or --at-once, not both.") }
    }

    func run(in program: Program) async throws {
        let word = recording
        let told = try await program.withHub(place) { hub in try await hub.recording(named: word) }
        if output.json { return program.printer.json(Reply(recording: told)) }
        guard !atOnce, program.printer.width != nil || speed != nil else {
            for line in told.heading + told.lines { program.printer.line(line) }
            return
        }
        let pace = speed ?? 4
        try await Interrupts.cancelling { try await Self.play(told, on: program.printer, at: pace) }
    }

    private static func play(_ recording: RecordingBody, on printer: Printer, at speed: Double) async throws {
        for line in recording.heading { printer.line(line) }
        var last = 0
        for event in recording.events {
            let gap = min(Double(max(0, event.after - last)) / 1000 / speed, longestWait)
            if gap > 0.01 { try await Task.sleep(for: .seconds(gap)) }
            last = event.after
            printer.line(event.line)
        }
    }

    private struct Reply: Encodable {
        let recording: RecordingBody
    }
}

extension RecordingBody {
    /// What it is of.
    fileprivate var heading: [String] {
        ["\(kind == "run" ? "Sync" : "Setup") \(of) · \(Phrase.moment(beganAt))"]
    }
}
