/// The shapes of syncs and records.
extension Shape {
    static let run = Shape(
        "Run", "A sync.",
        [
            .always("id", .text, "The unguessable name."),
            .maybe("connection", .text, "The connection's short name; absent when it is gone."),
            .always(
                "state", .words("requested", "running", "complete", "partial", "failed", "cancelled"),
                "How it stands, or how it ended."),
            .always("stalled", .boolean, "Whether nobody works on it any more."),
            .always("mode", .words("changes", "everything"), "How thoroughly it collects."),
            .always("only", .list(.text), "The entities it is limited to; empty for all."),
            .always("requestedAt", .time, "When it was asked for."),
            .maybe("startedAt", .time, "When it began."),
            .maybe("endedAt", .time, "When it was over."),
            .always("records", .count, "The records that came, whatever became of them."),
            .always("counts", .map(.shape(counts)), "What became of them, by entity."),
            .always("stages", .list(.shape(stage)), "Its stages."),
            .maybe("lastRecord", .shape(lastRecord), "The record that was stored last."),
            .always("misfits", .map(.count), "Values that were not of their field's kind, by field."),
            .maybe("problem", .shape(cause), "The one reason why it is not complete."),
            .always("missing", .list(.shape(missing)), "What could not be had."),
            .always("emptiness", .map(.shape(emptiness)), "Of each entity without a record, whether there is none."),
        ])

    private static let counts = Shape(
        "Counts", "What became of an entity's records.",
        [
            .always("added", .count, "How many are new."),
            .always("changed", .count, "How many have other values."),
            .always("unchanged", .count, "How many are as they were."),
            .always("gone", .count, "How many do not exist any more."),
        ])

    private static let stage = Shape(
        "Stage", "One stage of a sync.",
        [
            .always("title", .text, "What is collected, for people."),
            .always("entity", .text, "The entity."),
            .always("records", .count, "The records it brought."),
            .maybe("total", .count, "How many there will be, where the provider told."),
            .always("lists", .count, "How many lists belong to it, as far as is known."),
            .always("over", .count, "How many of them are over."),
            .always("failed", .count, "How many of those failed."),
            .always("gone", .count, "How many of those the provider does not have any more."),
            .always("done", .boolean, "Whether nothing more can come of it."),
        ])

    private static let lastRecord = Shape(
        "LastRecord", "The record that was stored last.",
        [
            .always("ref", .text, "Its address."),
            .maybe("title", .text, "Its headline."),
            .always("at", .time, "When that was."),
        ])

    private static let missing = Shape(
        "Missing", "What could not be had, and why.",
        [
            .always("stage", .text, "The stage."),
            .always("entity", .text, "The entity."),
            .always("count", .count, "How many lists failed so."),
            .always("examples", .list(.text), "Addresses of records that lack something."),
            .always("problem", .shape(cause), "Why."),
            .always("healing", .text, "Whether the next sync tries again, or the owner has to act."),
        ])

    private static let emptiness = Shape(
        "Emptiness", "Whether no record means that there is none.",
        [
            .always("proven", .boolean, "Whether the provider said so."),
            .always("words", .text, "How that is known, or why it is not."),
        ])

    static let syncRequest = Shape(
        "SyncRequest", "A sync to ask for.",
        [
            .maybe("mode", .words("changes", "everything"), "How thoroughly; changes unless given."),
            .maybe("only", .list(.text(atMost: 200), most: 100), "The entities it is limited to."),
        ])

    static let record = Shape(
        "Record", "A record.",
        [
            .always("ref", .text, "Its address across connections."),
            .always("connection", .text, "The connection's short name."),
            .always("entity", .text, "The entity."),
            .always("id", .text, "The provider's id."),
            .always("fields", .map(.any), "The fields; one the provider never told is absent."),
            .maybe("other", .map(.any), "What came besides the fields of the schema."),
        ])

    static let recordPage = Shape(
        "RecordPage", "A page of records.",
        [
            .always("items", .list(.shape(record)), "The records."),
            .always("next", .nullable(.text), "What to give as `after` for the next page; null on the last one."),
            .always("entity", .text, "The entity's name."),
            .always("columns", .list(.text), "The names of the fields in the order in which they are shown."),
            .always("connections", .list(.text), "The connections that were searched, by short name."),
            .maybe(
                "emptiness", .map(.shape(emptiness)),
                "Where there is no record at all: of each connection, whether that is certain."),
        ])

    static let recordDetail = Shape(
        "RecordDetail", "A record with its edges, or what it was.",
        [
            .always("record", .shape(record), "The record."),
            .maybe("children", .list(.shape(edge)), "Its children, by collection."),
            .maybe("parents", .list(.text), "The addresses of the records whose collections it is in."),
            .maybe("goneSince", .time, "Since when it does not exist any more."),
        ])

    private static let edge = Shape(
        "Edge", "The children of a record in one collection.",
        [
            .always("field", .text, "The collection."),
            .always("entity", .text, "The entity of the children."),
            .always("count", .count, "How many there are."),
            .always("first", .list(.text), "The ids of the first of them."),
        ])

    static let count = Shape(
        "Count", "How many records there are.",
        [
            .always("count", .count, "How many in all."),
            .maybe("groups", .list(.shape(group)), "How many for each value, the largest first."),
            .maybe("groupedBy", .text, "The name of the field whose values are counted apart."),
            .maybe("more", .boolean, "Whether there are more groups."),
            .maybe(
                "emptiness", .map(.shape(emptiness)),
                "Where there is no record at all: of each connection, whether that is certain."),
        ])

    private static let group = Shape(
        "Group", "How many records have one value.",
        [.always("value", .any, "The value."), .always("count", .count, "How many.")])

    static let changes = Shape(
        "Changes", "What came, changed or went.",
        [
            .always("items", .list(.shape(change)), "The changes, the oldest first."),
            .always("next", .text, "What to give as `after` for what comes later."),
            .always("more", .boolean, "Whether there is more already."),
        ])

    private static let change = Shape(
        "Change", "One change of a record.",
        [
            .always("change", .words("changed", "gone"), "What happened."),
            .always("ref", .text, "The record's address."),
            .maybe("record", .shape(record), "The record as it is now."),
        ])

    static let entity = Shape(
        "Entity", "What is collected.",
        [
            .always("name", .text, "The entity's name."),
            .always("connector", .text, "The connector's name."),
            .always("records", .count, "How many records there are."),
            .always("connections", .map(.count), "The same by connection."),
            .always("fields", .list(.shape(entityField)), "Its fields."),
            .always("collections", .list(.shape(collection)), "The collections of its records."),
        ])

    private static let entityField = Shape(
        "EntityField", "A field of an entity.",
        [
            .always("name", .text, "The field's name."),
            .always("kind", .text, "The kind of value, such as `date`."),
            .maybe("to", .text, "The entity that a ref leads to."),
            .always("title", .boolean, "Whether it is the headline."),
            .always("searched", .boolean, "Whether `match` looks into it."),
            .always("indexed", .boolean, "Whether conditions on it are quick."),
        ])

    private static let collection = Shape(
        "Collection", "A collection of records.",
        [.always("name", .text, "Its name."), .always("entity", .text, "The entity of the children.")])
}
