/// The shapes of what goes wrong.
extension Shape {
    static let problem = Shape(
        "Problem", "Why something was not done (RFC 9457).",
        [
            .always("type", .text, "Always about:blank: the code tells problems apart."),
            .always("title", .text, "The name of the status."),
            .always("status", .integer(400...599), "The status."),
            .always("detail", .text, "What happened and why, for people."),
            .always("code", .text, "A stable name for programs."),
            .maybe("setup", .text, "The id of the setup that stands in the way."),
        ] + causeDetails)

    static let cause = Shape(
        "Cause", "Why a step or a sync did not go well.",
        [
            .always("code", .text, "A stable name for programs."),
            .always("message", .text, "What happened and why, for people."),
        ] + causeDetails)

    private static let causeDetails: [Member] = [
        .maybe("fix", .text, "What to do about it."),
        .maybe("url", .text, "A page to open."),
        .maybe("kind", .words("retryable", "auth", "permanent"), "What will help."),
        .maybe("field", .text, "The field it belongs to."),
        .maybe("rung", .text, "The rung of the way to the provider on which it happened."),
        .maybe("retryAfter", .number, "How long to wait before trying again, in seconds."),
    ]
}
