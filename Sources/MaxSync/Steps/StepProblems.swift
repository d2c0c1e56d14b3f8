internal import MaxCore

extension Problem {
    /// The plan names something that the connector has no loader for.
    static func planBroken(_ way: String, _ provider: String) -> Problem {
        Problem(
            "plan_broken", .permanent, "The connector for \(provider) plans to read “\(way)” and has no way to it.",
            fix: .action("Tell the connector's author."))
    }

    /// A list leads back to where it was.
    static func endless(_ title: String, _ provider: String) -> Problem {
        Problem(
            "list_endless", .permanent,
            "A list of \(provider)'s does not end (\(title)): it leads back to a page that was read already, or to one "
                + "page after the other without anything new.", rung: .answer,
            fix: .action("Tell the connector's author."))
    }

    /// Records that are none: without an id, or of an entity that does not belong there.
    static func unusableRecords(_ provider: String) -> Problem {
        Problem(
            "record_unusable", .permanent,
            "The connector for \(provider) made records without an id or of the wrong kind, which cannot be stored.",
            fix: .action("Tell the connector's author."))
    }

    /// A loader failed with an error of its own instead of a problem.
    static func unexplained(_ title: String, _ provider: String) -> Problem {
        Problem(
            "connector_failed", .retryable,
            "“\(title)” failed for a reason the connector for \(provider) does not explain.",
            fix: .action("Sync again, and tell the connector's author if it stays so."))
    }
}
