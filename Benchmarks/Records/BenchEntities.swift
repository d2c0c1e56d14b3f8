internal import MaxConnector
internal import MaxCore

/// A record that is one text of 1 KB.
enum BenchRecord: Entity {
    static let definition = EntityDef("BenchRecord") { Field.string("data") }

    /// The record of a number.
    static func record(_ number: Int) -> Record {
        let id = "rec_" + digits(number)
        let letters = [UInt8](repeating: UInt8(ascii: "a") + UInt8(number % 26), count: 1024 - id.utf8.count)
        return Record(self, id: id, ["data": .string(id + String(decoding: letters, as: UTF8.self))])
    }
}

/// A record of 1 KB with a field of each kind, an index and a title.
enum BenchTask: Entity {
    static let definition = EntityDef("BenchTask") {
        Field.string("title", .title)
        Field.string("notes")
        Field.string("status", .indexed)
        Field.string("priority")
        Field.date("dueDate")
        Field.decimal("estimate")
        Field.integer("position")
        Field.boolean("isDone")
        Field.url("link")
        Field.json("labels")
        Field.string("assignee")
        Field.date("createdAt")
        Field.date("updatedAt")
    }

    private static let words = [
        "review", "budget", "prepare", "slides", "board", "meeting", "login", "update", "draft", "contract", "plan",
        "release", "interview", "invoice", "report", "garden", "server",
    ]

    /// The line of a number.
    static func line(_ number: Int) -> String {
        let id = digits(number)
        let title = [1, 17, 289, 5, 29].map { words[number / $0 % words.count] }.joined(separator: " ")
        let status = ["open", "started", "blocked", "done"][number % 4]
        let day = digits(number % 28 + 1).suffix(2)
        let notes = String(repeating: "\(words[number % words.count]) before \(id), then \\\"ship\\\" it. ", count: 17)
        return """
            {"id":"tsk_\(id)","title":"\(title) \(number)","notes":"\(notes)","status":"\(status)","priority":"high",\
            "dueDate":"2026-03-\(day)","estimate":\(number % 80).5,"position":\(number),"isDone":\(number % 4 == 3),\
            "link":"https://tasks.bench.test/\(id)","labels":["\(words[number % 7])","\(words[number % 11])"],\
            "assignee":"usr_\(id.suffix(3))","createdAt":"2026-01-\(day)T09:00:00Z","updatedAt":"2026-02-\(day)T09:30:00Z"}
            """
    }
}

/// A number with seven digits.
private func digits(_ number: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, 7 - text.count)) + text
}
