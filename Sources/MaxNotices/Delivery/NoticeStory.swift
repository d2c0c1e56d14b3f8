internal import Foundation
package import MaxCore
package import MaxHub

/// A notice with what its receiver needs to understand it elsewhere.
package struct NoticeStory: Sendable, Hashable {
    package let notice: Notice
    /// The notice as the API gives it.
    package let json: JSON
    /// What to do about it, such as `max reconnect gmail-tim`; nil where there is nothing.
    package let advice: String?
    /// The page on which to do it; nil where nobody knows the server's address.
    package let page: String?

    package init(_ notice: Notice, json: JSON, advice: String?, page: String?) {
        self.notice = notice
        self.json = json
        self.advice = advice
        self.page = page
    }
}

extension NoticeStory {
    /// What is kept of it: all but the words of the notice, which stay as they are.
    var told: JSON { ["json": json, "advice": JSON(advice), "page": JSON(page)] }

    /// The story of a notice as it was told before.
    init(_ notice: Notice, told: JSON) {
        self.init(
            notice, json: told["json"] ?? [:], advice: told["advice"]?.string, page: told["page"]?.string)
    }
}

/// The body of a webhook (Standard Webhooks, “Payload structure”).
enum NoticePayload {
    /// The body for a notice, or for several as a digest.
    static func body(_ stories: [NoticeStory]) -> Data {
        let latest = stories.map(\.notice.raisedAt).max() ?? .distantPast
        if let story = stories.first, stories.count == 1 {
            return body("notice.\(story.notice.kind.rawValue)", at: latest, story.json)
        }
        return body("notice.digest", at: latest, ["notices": .array(stories.map(\.json))])
    }

    /// The body of a test.
    static func test(at time: Date) -> Data {
        body("notice.test", at: time, ["sentence": "This is a test: notices from Max arrive here."])
    }

    private static func body(_ type: String, at time: Date, _ data: JSON) -> Data {
        let payload: JSON = [
            "type": .string(type), "timestamp": .string(time.formatted(Date.ISO8601FormatStyle())), "data": data,
        ]
        return Data(payload.text.utf8)
    }
}

/// What a letter says.
struct NoticeLetter: Sendable, Hashable {
    let subject: String
    let text: String

    /// A test.
    static let test = NoticeLetter(
        subject: "Max: a test", text: "This is a test: notices from Max arrive here.\n\n\(signature)")

    /// The letter for a notice, or for several as a digest.
    init(_ stories: [NoticeStory]) {
        let titles = stories.map(\.notice.title)
        let subject = stories.count == 1 ? titles[0] : Phrase.count(stories.count, "notice")
        let parts = stories.map { story in
            let lines = [
                story.notice.title, story.notice.sentence, story.advice ?? "", story.notice.link?.absoluteString ?? "",
                story.page ?? "",
            ]
            return lines.filter { !$0.isEmpty }.joined(separator: "\n")
        }
        self.init(subject: "Max: \(subject)", text: (parts + [Self.signature]).joined(separator: "\n\n"))
    }

    private init(subject: String, text: String) {
        self.subject = subject
        self.text = text
    }

    private static let signature = "-- \nSent by your Max. To change what it tells you: max mail, max notices mute."
}
