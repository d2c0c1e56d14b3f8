internal import ArgumentParser
internal import MaxClient
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxNotices
internal import MaxQuery
internal import MaxSetup
internal import MaxTerminal
internal import MaxWire

/// The exit codes, of which there are no others.
///
/// Documentation/ExitCodes.md tells people the same.
enum ExitStatus: Int32, CaseIterable {
    case done = 0
    case failed = 1
    /// The command line is wrong, or answers are missing.
    case usage = 2
    /// Only the owner can go on: a credential or a login was refused, or opens the wrong account.
    case needsOwner = 3
    /// The provider, or the server that was asked, cannot be reached or does not answer properly.
    case unreachable = 4
    /// A sync collected what it could, and part of it could not be had.
    case partial = 5
    case cancelled = 130
}

/// A command that did not do what it was asked: the words for it and the exit code.
struct Failure {
    let status: ExitStatus
    let words: Words

    /// What is said about a failure, and where.
    enum Words {
        case nothing
        /// For standard output: help and the version.
        case text(String)
        /// For standard error: a command line that cannot be read.
        case complaint(String)
        case error(ErrorBody)
    }

    /// Judges an error.
    init(_ error: any Error) {
        switch error {
        case let error as MissingAnswers: self.init(.usage, .error(error.body))
        case let error as MaxError: self.init(Self.status(of: error.code), ProblemBody(error))
        case let problem as Problem: self.init(Self.status(of: problem), ProblemBody(problem))
        case let refusal as PrivateAddressRefused: self.init(.usage, ProblemBody(refusal.problem))
        case is CancellationError, TerminalError.cancelled, TerminalError.endOfInput:
            self.init(.cancelled, ProblemBody(MaxError("cancelled", "Cancelled.")))
        case TerminalError.notInteractive:
            let error = MaxError("not_interactive", "There is no terminal to ask on.", fix: "Give answers as options.")
            self.init(.usage, ProblemBody(error))
        default: self.init(unforeseen: error)
        }
    }

    private init(unforeseen error: any Error) {
        let code = MaxCommand.exitCode(for: error)
        let message = MaxCommand.fullMessage(for: error)
        if error is ExitCode {
            self.init(ExitStatus(rawValue: code.rawValue) ?? .failed, .nothing)
        } else if code.isSuccess {
            self.init(.done, .text(message))
        } else if code == .validationFailure {
            self.init(.usage, .complaint(message))
        } else {
            let error = MaxError("unforeseen", "Something went wrong that Max did not foresee: \(message)")
            self.init(.failed, ProblemBody(error))
        }
    }

    private init(_ status: ExitStatus, _ words: Words) {
        self.status = status
        self.words = words
    }

    private init(_ status: ExitStatus, _ body: ProblemBody) { self.init(status, .error(ErrorBody(body))) }

    private static func status(of code: MaxError.Code) -> ExitStatus {
        let usage: Set<MaxError.Code> = [
            .connectorUnknown, .connectionNotFound, "connection_ambiguous", .nameTaken, "name_invalid",
            .intervalInvalid, .noticeKindUnknown, .noticeNotFound, "notice_ambiguous",
            .webhookAddressInvalid, .webhookNotFound, "webhook_ambiguous", .webhooksFull, .mailServerInvalid,
            .mailAddressInvalid, .mailUserInvalid, .mailMissing, .mailPasswordMissing, .privateAddress,
            "answer_misplaced", "options_invalid", .entityUnknown, .filterInvalid, .orderInvalid, .fieldsInvalid,
            .matchInvalid, .limitInvalid, .refInvalid, .refAmbiguous, .recordNotFound, .cursorForeign, .sqlRefused,
            .runNotFound, "run_ambiguous", .recordingNotFound, "recording_ambiguous", "setting_invalid",
            "certificate_unusable", "address_missing", "server_address_unfit", "local_only",
        ]
        let owners: Set<MaxError.Code> = [
            .loginMissing, .loginEnded, .accessDenied, .expiredToken, "owner_only", "owner_needed", "scope_missing",
        ]
        let servers: Set<MaxError.Code> = [.serverUnreachable, .serverSilent, .serverUntrusted, .serverUnfit]
        if owners.contains(code) { return .needsOwner }
        if servers.contains(code) { return .unreachable }
        return usage.contains(code) ? .usage : .failed
    }

    static func status(of problem: Problem) -> ExitStatus {
        if problem.code == MaxError.Code.diskLow.rawValue { return .failed }
        return switch (problem.kind, problem.rung) {
        case (.auth, _), (_, .signIn?), (_, .identity?), (_, .permissions?), (_, .record?): .needsOwner
        case (_, .resolve?), (_, .connect?), (_, .tls?), (_, .answer?), (.retryable, nil): .unreachable
        case (.permanent, nil): .usage
        }
    }

    /// What happened and why.
    var message: String {
        if case .error(let body) = words { body.error.message } else { "" }
    }
}

extension ErrorBody {
    /// What happened, why and what to do, for people: a line each.
    func lines(_ calledAs: CalledAs) -> [StyledText] {
        let message = error.message.split(separator: "\n")
        var lines: [StyledText] =
            ["\("✗", .bad) \(message.first ?? "")"] + message.dropFirst().map { StyledText("\($0)") }
        if let fix = error.fix.map(calledAs.spell) {
            lines.append("  \(fix)\(error.url.map { ": \($0)" } ?? "")")
        }
        for answer in missing ?? [] {
            lines.append("  \(answer.label): \(calledAs.spell(answer.give.joined(separator: " or ")), .accent)")
            lines += (answer.options ?? []).map { "    \($0.value)  \($0.label, .dim)" }
        }
        return lines
    }

    /// A command line that cannot be read: what is wrong with it, and the help of the command it names.
    init(usage complaint: String) {
        let line = complaint.split(separator: "\n").first.map(String.init) ?? complaint
        let words = line.replacing("Error: ", with: "").replacing(/\?\.$/, with: "?")
        let sentence = ".?".contains(words.last ?? " ") ? words : words + "."
        let help = complaint.firstMatch(of: /See '(?<command>[^']+)'/).map { String($0.command) } ?? "max --help"
        self.init(ProblemBody(MaxError("options_invalid", sentence, fix: "See \(help).")))
    }
}
