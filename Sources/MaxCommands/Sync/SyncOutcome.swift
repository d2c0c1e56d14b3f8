internal import ArgumentParser
internal import MaxCore
internal import MaxHub
internal import MaxTerminal
internal import MaxWire

/// What became of the sync of one connection.
struct SyncOutcome: Sendable {
    let connection: ConnectionBody
    /// The run as it ended or was left, or why there is none.
    let result: Result<RunSummary, any Error>
    /// Whether it goes on and was only watched until an interruption.
    let wasLeft: Bool

    var status: ExitStatus {
        switch result {
        case .success(let summary): wasLeft ? .cancelled : summary.status
        case .failure(let error): Failure(error).status
        }
    }

    /// What a program is told when it did not collect anything.
    var error: ProblemBody? {
        switch result {
        case .success(let summary): return summary.error
        case .failure(let error):
            guard case .error(let body) = Failure(error).words else { return nil }
            return body.error
        }
    }

    /// The run, for programs.
    var body: RunBody? { (try? result.get())?.run }

    /// The command to go on with.
    var next: String {
        let hint = (try? result.get())?.hints.first?.command
        return hint ?? "max show \(connection.slug)"
    }

    /// Says how it went: what there is to look at among the results, what went wrong among the remarks.
    func tell(on program: Program) {
        switch result {
        case .success(let summary) where summary.run.standing == .failed:
            for line in summary.lines { program.say(line) }
        case .success(let summary): for line in summary.lines { program.printer.line(line) }
        case .failure(let error):
            if case .error(let body) = Failure(error).words {
                for line in body.lines(program.settings.calledAs) { program.terminal.say(line) }
            }
        }
    }
}

extension ExitStatus {
    /// Ends the command with this code, when it is not the one for done.
    func leave() throws {
        if self != .done { throw ExitCode(rawValue) }
    }

    /// The one code for several outcomes: that of the first failure, else that a part is missing, else done.
    static func of(_ outcomes: [ExitStatus]) -> ExitStatus {
        outcomes.first { $0 != .done && $0 != .partial } ?? (outcomes.contains(.partial) ? .partial : .done)
    }
}
