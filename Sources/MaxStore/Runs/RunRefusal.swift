internal import MaxCore
internal import MaxHub

extension MaxError {
    static func runNotFound(_ id: RunID) -> MaxError {
        MaxError(.runNotFound, "There is no sync “\(id.rawValue)”.", fix: "List the syncs there are.")
    }

    static let runEnded = MaxError(.runEnded, "That sync is over.", fix: "Begin a new one.")

    static let runUnderWay = MaxError(
        .runUnderWay, "A sync of this connection is under way.", fix: "Follow it, or stop it first.")

    static let leaseLost = MaxError(
        .leaseLost, "This sync is no longer this program's: another one took it over, or its connection is gone.",
        fix: "Look at the connection, and sync again if it is still there.")

    static let connectionInactive = MaxError(
        .connectionInactive, "Nothing is collected from this connection: it is paused, or its setup is not finished.",
        fix: "Resume it, or finish its setup.")
}

extension RunEnding {
    /// The end of a run that its owner stopped while nobody worked on it.
    static let stopped = RunEnding(
        problem: Problem("run_stopped", .retryable, "It was stopped.", fix: .action("Sync again.")))

    /// The end of a run whose connection was disconnected.
    static let disconnected = RunEnding(
        problem: Problem(
            "run_disconnected", .permanent, "Its connection was disconnected.",
            fix: .action("Reconnect it, and sync again: it goes on from there.")))

    /// The end of a run whose connection was paused.
    static let paused = RunEnding(
        problem: Problem(
            "run_paused", .retryable, "Its connection was paused.",
            fix: .action("Resume it: the next sync goes on from there.")))

    /// The end of a run whose program is gone, as the next run finds it.
    static let abandoned = RunEnding(
        problem: Problem(
            "run_abandoned", .retryable, "The program that collected ended before the sync was over.",
            fix: .action("Sync again: it goes on from there.")))
}
