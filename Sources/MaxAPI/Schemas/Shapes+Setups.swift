/// The shapes of setups.
extension Shape {
    static let setup = Shape(
        "Setup", "A setup that can be gone on with.",
        [
            .always("id", .text, "The unguessable name."),
            .always("connector", .text, "The connector's name."),
            .always("purpose", .words("add", "reconnect"), "What it is for."),
            .always("startedBy", .words("owner", "agent"), "Who began it."),
            .always("agents", .list(.text), "The ids of the agents that may go on with it, beside the owner."),
            .always("revision", .count, "The revision that the next answer has to name."),
            .always("createdAt", .time, "When it began."),
            .always("expiresAt", .time, "When it vanishes unless it is gone on with."),
        ])

    static let setupStanding = Shape(
        "SetupStanding", "A setup with what it shows.",
        [
            .always("setup", .shape(setup), "The setup."),
            .always("view", .shape(view), "What it shows."),
            .maybe("connection", .shape(connection), "The connection, once it is active."),
        ])

    private static let view = Shape(
        "View", "What a setup shows, told apart by `kind`.",
        [
            .always("kind", .words("form", "choice", "working", "open", "finished", "refused"), "What it is."),
            .maybe("step", .shape(step), "Where in the conversation it stands."),
            .maybe("fields", .list(.shape(field)), "The questions of a form."),
            .maybe("choice", .shape(choice), "The list to choose from."),
            .maybe("rung", .text, "The rung of the way to the provider, while it is asked."),
            .maybe("ladder", .list(.shape(rung)), "How far the check has climbed, under way and afterwards."),
            .maybe("unproven", .boolean, "Whether everything is kept and something could not be proven yet."),
            .maybe("triesLeft", .count, "How many refusals are left before the account is left alone for a while."),
            .maybe("open", .shape(opening), "Where something has to happen."),
            .maybe("problem", .shape(cause), "What was wrong with the last answer, or why it cannot go on."),
            .maybe("notices", .list(.text), "What was done to the last answer."),
            .maybe("sandboxOffer", .text, "An offer to fill everything in from the connector's sandbox."),
            .maybe("connection", .text, "The id of the connection that is active now."),
            .maybe("updated", .boolean, "Whether it is one that existed before."),
            .maybe("credential", .text, "What people call the credential, such as “API token”."),
            .maybe("expiresAt", .time, "When the credential stops working, where the provider told."),
        ])

    private static let rung = Shape(
        "Rung", "One rung of the way to a provider.",
        [
            .always("rung", .text, "Which one it is, such as `sign_in`."),
            .always(
                "standing", .words("ahead", "under_way", "passed", "stood", "failed", "unproven"),
                "Where it stands; `stood` is said of one that was not climbed again."),
            .maybe("milliseconds", .count, "How long it took."),
            .maybe("reason", .text, "Why it could not be proven now."),
        ])

    private static let step = Shape(
        "Step", "Where in a conversation a view stands.",
        [
            .always("id", .text, "The step's id."),
            .always("title", .text, "The heading."),
            .always("canGoBack", .boolean, "Whether there is an earlier question."),
        ])

    /// Flat, with the parts of compound fields as whatever they are: a shape cannot hold itself.
    private static let field = Shape(
        "Field",
        "A question. An agent is never asked for a secret, and sees none of `held`, `destination` and `autocomplete`.",
        [
            .always("name", .text, "What the answer is given under."),
            .always("label", .text, "What people call it."),
            .always("type", .text, "The kind of answer, such as `url`."),
            .always("required", .boolean, "Whether it may be left empty."),
            .maybe("help", .text, "A sentence that helps to answer."),
            .maybe("link", .text, "A page that helps to answer."),
            .maybe("example", .text, "A shortened example."),
            .maybe("pattern", .text, "What the text has to look like."),
            .maybe("default", .any, "The answer that is taken when none is given."),
            .maybe("advanced", .boolean, "Whether it is asked only of who looks for it."),
            .maybe("autocomplete", .text, "The hint for password managers."),
            .maybe("value", .any, "The answer so far; never of a secret."),
            .maybe("held", .boolean, "Whether a secret is sealed already, so that no answer keeps it."),
            .maybe("destination", .text, "The host that a secret goes to, where an earlier answer says so."),
            .maybe("options", .list(.shape(option)), "What there is to choose from."),
            .maybe("minimum", .integer, "The least number."),
            .maybe("maximum", .integer, "The greatest number, or the most bytes of a file."),
            .maybe("parts", .list(.any), "The questions an object is made of, or the element of a list."),
            .maybe("discriminator", .text, "The property that tells the shapes of a one-of apart."),
            .maybe("variants", .list(.any), "The shapes of a one-of."),
        ])

    private static let option = Shape(
        "Option", "One thing to choose.",
        [
            .always("value", .text, "What to answer."),
            .always("label", .text, "What people see."),
            .maybe("detail", .text, "A few words more."),
        ])

    private static let choice = Shape(
        "Choice", "A list to choose from.",
        [
            .always("field", .text, "What it fills."),
            .always("options", .list(.shape(option)), "The options."),
            .always("many", .boolean, "Whether more than one may be chosen."),
            .always("searchable", .boolean, "Whether other options can be asked for with `search`."),
            .always("query", .text, "What the options were searched by."),
            .maybe("explanation", .text, "A sentence before the options."),
        ])

    private static let opening = Shape(
        "Opening", "Something that has to happen elsewhere.",
        [
            .always("kind", .words("owner_link", "browser", "device", "consent", "upload"), "What it is."),
            .maybe("url", .text, "The page; as `owner_link` it can be opened once, by the owner."),
            .maybe("destination", .text, "The host that the owner's secret goes to, where an earlier answer says so."),
            .maybe("source", .text, "What the device collects."),
            .maybe("accepts", .list(.text), "The endings of files that are taken."),
            .maybe("maximumBytes", .integer, "The most bytes of a file."),
        ])

    static let ownerLink = Shape(
        "OwnerLink", "A single-use link for the owner.", [.always("url", .text, "The page that the owner opens.")])

    static let setupRequest = Shape(
        "SetupRequest", "A setup to begin: for a connector, or for a connection.",
        [
            .maybe("connector", .text(atMost: 100), "The connector of which an account is added."),
            .maybe("reconnect", .text(atMost: 512), "The id or short name of the connection that is mended."),
            .maybe("name", .text(atMost: 63), "The short name of the new connection."),
        ])

    static let setupAnswer = Shape(
        "SetupAnswer", "An answer: one of fields, choose, search, retry and useSandbox.",
        [
            .maybe("revision", .count, "The revision it answers; If-Match may say it instead."),
            .maybe("fields", .map(.any), "Answers to a form, by name; a secret left out keeps the one that is held."),
            .maybe("choose", .list(.text, most: 10_000), "The values chosen."),
            .maybe("search", .text(atMost: 1000), "Words by which other options are listed."),
            .maybe("retry", .boolean, "The same call to the provider again."),
            .maybe("useSandbox", .boolean, "The sandbox fills in what `fields` leaves out."),
        ])

    static let setupHandOver = Shape(
        "SetupHandOver", "Which agent may go on with a setup.",
        [.maybe("agent", .text(atMost: 100), "The agent's id; left out, what was handed over is taken back.")])

    static let setupBack = Shape(
        "SetupBack", "A step back.",
        [.maybe("revision", .count, "The revision from which it goes back; If-Match may say it instead.")])
}
