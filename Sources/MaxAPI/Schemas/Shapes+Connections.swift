/// The shapes of connectors and connections.
extension Shape {
    static let connector = Shape(
        "Connector", "A connector and how it is connected here and now.",
        [
            .always("name", .text, "The word to begin a setup with."),
            .always("displayName", .text, "The provider's name as it writes it."),
            .always("description", .text, "What is collected, in one line."),
            .always("version", .text, "The connector's own version."),
            .always(
                "modality",
                .words(
                    "static_secret", "browser_bound", "local_device", "provider_authorization", "upload", "none"),
                "What the owner has to do to connect an account."),
            .always("tier", .words("bronze", "silver", "gold"), "How much of the conformance suite it passes."),
            .always("canAdd", .words("yes", "after_server_setup", "no"), "Whether an account can be added."),
            .maybe("reason", .text, "Why none can be added now."),
            .maybe(
                "blockers", .list(.shape(blocker)),
                "What is missing on this machine, when an account can be added after that."),
            .maybe("nextStep", .shape(nextStep), "What comes first when an account is added; absent when none can be."),
            .always("validation", .words("synchronous", "first_sync"), "When a credential is proven."),
            .always(
                "proof",
                .words(
                    "identity_read", "secret_sealed", "session_captured", "device_enrolled", "tokens_exchanged",
                    "file_staged", "check_passed"),
                "What makes a connection active; nothing else does."),
            .always("sandbox", .boolean, "Whether anyone can try it without an account."),
            .always("scopes", .list(.text), "The least permissions a credential needs."),
            .always("collects", .list(.text), "What will be collected."),
            .always("doesNotCollect", .list(.text), "What will not be collected."),
            .always("connections", .list(.text), "The short names of the connections that exist."),
        ])

    private static let blocker = Shape(
        "Blocker", "A setting of the server's machine that is missing.",
        [
            .always("code", .text, "Its name, such as `vault_key`."),
            .always("sentence", .text, "What is missing."),
            .always("fix", .text, "What the owner can do."),
        ])

    private static let nextStep = Shape(
        "NextStep", "What comes first when an account is added.",
        [
            .always(
                "kind",
                .words("server_setup", "form", "choice", "check", "browser", "device", "consent", "upload"),
                "What the owner does in it."),
            .always("title", .text, "In a few words."),
        ])

    static let source = Shape(
        "Source", "A line of the one list of everything.",
        [
            .always("id", .text, "The id of the connection, which it has from the beginning of its setup."),
            .always("label", .text, "What people call it."),
            .always("connector", .text, "The connector's name."),
            .always("standing", .text, "How it is, in a few words for people."),
            .maybe("connection", .shape(connection), "The connection; absent while it is being added."),
            .maybe("setup", .shape(setup), "The setup that can be gone on with."),
        ])

    static let connection = Shape(
        "Connection", "An account of the owner's.",
        [
            .always("id", .text, "The unguessable name, for ever."),
            .always("slug", .text, "The short name people type."),
            .always("label", .text, "What people call it."),
            .always("connector", .text, "The connector's name."),
            .maybe("identity", .text, "What the owner recognises the account by."),
            .maybe("account", .shape(account), "Whose account it is."),
            .always("state", .words("shell", "active", "paused", "revoked"), "What may be done with it."),
            .always("sandbox", .boolean, "Whether its provider is the connector's sandbox."),
            .always("config", .map(.any), "Its settings, without secrets."),
            .always("createdAt", .time, "When its setup began."),
            .maybe("activatedAt", .time, "When its account became known."),
            .maybe("locked", .text, "Why it cannot be used on this machine now."),
            .maybe("health", .shape(health), "How it is and how its collecting goes."),
            .maybe("schedule", .shape(schedule), "When it is synced by itself."),
        ])

    private static let account = Shape(
        "Account", "Whose account a connection is.",
        [
            .always("id", .text, "The provider's id."),
            .always("label", .text, "What the owner recognises it by."),
            .always("scopes", .list(.text), "What the credential may do."),
            .maybe("credentialExpiresAt", .time, "When the credential ends."),
        ])

    private static let health = Shape(
        "Health", "How a connection is.",
        [
            .always(
                "headline",
                .words("setting_up", "active", "waiting", "needs_attention", "paused", "disconnected", "locked"),
                "How it is, in a word."),
            .always("title", .text, "The headline for people."),
            .always("sentence", .text, "What is to be known besides, for people; empty when there is nothing."),
            .always(
                "setup", .words("setting_up", "active", "paused", "disconnected", "locked"),
                "Whether it may be collected from."),
            .always(
                "sync",
                .words("never", "waiting", "running", "complete", "partial", "failed", "stopped", "broken_off"),
                "How the newest sync stands."),
            .always(
                "freshness", .words("never", "fresh", "due", "stale", "unknown"),
                "How old the newest complete collection is, by the measure of its schedule."),
            .maybe("freshAt", .time, "When everything was last collected."),
            .maybe("nextAt", .time, "When it is synced again by itself."),
            .always("records", .count, "How many records are stored."),
            .always("incoming", .count, "How many have come in the sync that is under way."),
            .maybe("problem", .shape(cause), "Why the newest sync did not collect everything."),
            .maybe("setback", .shape(setback), "The failures in a row that all have one cause."),
            .maybe(
                "action", .words("sync", "reconnect", "resume", "server_setting", "wait"),
                "The one thing that mends it."),
            .maybe("setting", .text, "The server's setting that is missing."),
        ])

    private static let setback = Shape(
        "Setback", "Failures in a row that have one cause.",
        [
            .always("code", .text, "The problem's name for programs."),
            .always("count", .count, "How many there were."),
            .always("since", .time, "When the first of them ended."),
        ])

    private static let schedule = Shape(
        "Schedule", "When a connection is synced by itself.",
        [
            .always("every", .count, "How many seconds lie between two syncs."),
            .always("recommended", .count, "How many the connector recommends."),
            .always("own", .boolean, "Whether the owner chose, rather than the connector."),
        ])

    static let scheduleChange = Shape(
        "ScheduleChange", "When a connection is to be synced by itself.",
        [
            .maybe("every", .count, "How many seconds shall lie between two syncs; 0 leaves it to the connector."),
            .maybe("paused", .boolean, "Whether it shall be left alone."),
        ])

    static let connectionChange = Shape(
        "ConnectionChange", "What to change of a connection.",
        [
            .maybe("label", .text(atMost: 120), "What people call it."),
            .maybe("slug", .text(atMost: 63), "The short name people type."),
        ])
}

extension Schema {
    /// A page of a list.
    static func page(of shape: Shape, _ name: String) -> Schema {
        .shape(
            Shape(
                name, "One page of a list.",
                [
                    .always("items", .list(.shape(shape)), "What is on the page."),
                    .always("next", .nullable(.text), "What to give as `after` for the next page."),
                ]))
    }
}
