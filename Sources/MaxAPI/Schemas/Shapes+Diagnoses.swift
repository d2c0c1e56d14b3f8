/// The shapes of recordings and diagnoses.
extension Shape {
    static let recording = Shape(
        "Recording", "What happened in a sync or a setup, without a value of anybody's.",
        [
            .always("of", .text, "The id of the sync or setup; in a diagnosis a pseudonym."),
            .always("kind", .words("run", "setup"), "Which of the two it is."),
            .always("beganAt", .time, "When it began."),
            .always("lost", .count, "How many older events were not kept."),
            .always("events", .list(.shape(event)), "What happened, in its order."),
        ])

    private static let event = Shape(
        "RecordedEvent", "One thing that happened.",
        [
            .always("after", .count, "When it was over, in milliseconds since the beginning."),
            .always(
                "kind", .words("began", "call", "rung", "wait", "retry", "failure", "commit", "ended"),
                "What it was."),
            .maybe("subject", .text, "The operation, rung, stage or step it was about."),
            .maybe("method", .text, "The method of a request; LINE where the provider is spoken to otherwise."),
            .maybe("path", .text, "The shape of the path, with a star for each part that could be a value."),
            .maybe("status", .integer, "The status of the answer."),
            .maybe("outcome", .text, "The name of the problem it came to, or how it ended."),
            .maybe("sent", .count, "The bytes that were sent, without headers."),
            .maybe("received", .count, "The bytes of the answer, without headers."),
            .maybe("milliseconds", .count, "How long it took, or is waited."),
            .maybe("count", .count, "How many there were: pages, tries, options."),
        ])

    static let diagnosis = Shape(
        "Diagnosis", "What is known of a connection and its machine, safe to show to anybody.",
        [
            .always("form", .count, "The version of this form."),
            .always("madeAt", .time, "When it was made."),
            .always("platform", .map(.text), "Max and the machine."),
            .always("connection", .any, "The connection, by pseudonyms."),
            .always("health", .any, "How it is, on each axis."),
            .always("runs", .list(.any), "Its newest syncs, by pseudonyms."),
            .always("recordings", .list(.shape(recording)), "Its newest recordings."),
            .always("settings", .map(.text), "Each setting, and whether it is given."),
            .always("vault", .map(.text), "How the vault is."),
            .always("disk", .map(.text), "How much room is left."),
            .always("store", .map(.text), "How the store is."),
        ])
}
