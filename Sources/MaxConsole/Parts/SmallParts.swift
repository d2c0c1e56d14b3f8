internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxEngines
internal import MaxHub

/// A link out of Max, opened beside the page.
struct LinkPart: Sendable, Hashable {
    let title: String
    let href: String

    /// Makes a link of a page on the web; nil for an address of any other kind, such as `javascript:`.
    init?(_ title: String, _ url: URL) {
        guard ["http", "https"].contains(url.scheme?.lowercased()), url.host()?.isEmpty == false else { return nil }
        self.title = title
        href = url.absoluteString
    }
}

/// What went wrong, and the one thing to do about it.
struct ProblemPart: Sendable, Hashable {
    let sentence: String
    var action: String?
    var link: LinkPart?
    /// What is said before it.
    var lead: String?
    /// How it is marked.
    var tone = "wrong"
    /// How urgently it is read out.
    var role = "alert"
    /// The symbol of the sprite.
    var icon = "warn"

    init(_ problem: Problem) {
        sentence = problem.sentence ?? "Something went wrong that you can do nothing about."
        switch problem.fix {
        case .link(let title, let url): link = LinkPart(title, url)
        case .action(let action): self.action = action
        case nil: break
        }
    }

    init(_ sentence: String, action: String? = nil) {
        self.sentence = sentence
        self.action = action
    }

    /// An error in the words for a page, on which commands have no place.
    ///
    /// Nor has the line that points into what was typed, which terminals show below the sentence.
    init(_ error: MaxError) {
        let sentence = error.message.prefix { !$0.isNewline }
        self.init(String(sentence).onPage ?? "That did not work.", action: error.fix?.onPage)
    }
}

extension String {
    /// The text, unless it tells of a command or a setting of the environment.
    var onPage: String? {
        contains(#/(?:^|[^A-Za-z])max [a-z]|MAX_[A-Z]|--[a-z]/#) ? nil : self
    }
}

/// A connector's icon, or its first letter on a colour of its own.
struct TilePart: Sendable, Hashable {
    let image: String?
    let letter: String
    let tint: Int

    init(of connector: ConnectorDescriptor) {
        self.init(name: connector.name, displayName: connector.displayName, icon: connector.icon)
    }

    init(name: String, displayName: String, icon: String) {
        let version = Asset.digest(of: [icon.utf8])
        image = icon.isEmpty ? nil : "/assets/icons/\(name.escapedInPath)?v=\(version)"
        letter = displayName.first { $0.isLetter || $0.isNumber }.map { $0.uppercased() } ?? "?"
        tint = Int(name.utf8.reduce(0 as UInt32) { $0 &* 31 &+ UInt32($1) } % 8)
    }
}

/// A point in time as people say it, with the exact one for who wants to know.
struct TimePart: Sendable, Hashable {
    let words: String
    /// The exact time for people, and in the form of programs (RFC 3339).
    let moment: String
    let stamp: String

    /// Tells how long ago it was.
    init(_ date: Date, now: Date) {
        self.init(date, words: Phrase.age(now.timeIntervalSince(date)))
    }

    init(_ date: Date, words: String) {
        (self.words, moment, stamp) = (words, Phrase.moment(date), date.formatted(.iso8601))
    }
}

/// How something is, in a few words with a mark.
struct BadgePart: Sendable, Hashable {
    /// What it comes to, and what there is to say beyond that.
    let head: String
    let tail: String
    /// The exact time that the words tell of.
    var moment: String?
    let tone: Tone
    let isMoving: Bool

    init(_ text: String, _ tone: Tone) {
        let end = text.range(of: " · ")?.lowerBound ?? text.endIndex
        (head, tail) = (String(text[..<end]), String(text[end...]))
        (self.tone, isMoving) = (tone, tone == .busy)
    }

    /// What a mark says; never by its colour alone.
    enum Tone: String, Sendable, Hashable, CustomStringConvertible {
        case good
        case busy
        case warn
        case bad
        case idle
        var description: String { rawValue }

        /// The symbol of the sprite.
        var icon: String {
            switch self {
            case .good: "check"
            case .busy: "work"
            case .warn, .bad: "warn"
            case .idle: "wait"
            }
        }
    }
}

/// Something to do: a page to go to, or a form of one button.
struct ActionPart: Sendable, Hashable {
    let label: String
    var link: String?
    var post: PostPart?
    let style: Style

    /// How a button looks.
    enum Style: String, Sendable, Hashable, CustomStringConvertible {
        case primary
        case ordinary
        case danger
        case plain
        var description: String { rawValue }
    }

    init(_ label: String, link: String, _ style: Style = .primary) {
        (self.label, self.link, self.style) = (label, link, style)
    }

    init(_ label: String, post: PostPart, _ style: Style = .primary) {
        (self.label, self.post, self.style) = (label, post, style)
    }
}

/// Where a form goes, and the proof that it is the owner's.
struct PostPart: Sendable, Hashable {
    let url: String
    let csrf: String
}

/// Something known by its name.
struct FactPart: Sendable, Hashable {
    let name: String
    let value: String
}

/// The way to earlier and later pages of a list.
struct PagerPart: Sendable, Hashable {
    var earlier: String?
    var later: String?
    let place: String

    /// Nil where everything is on one page.
    init?(earlier: String?, later: String?, place: String) {
        guard earlier != nil || later != nil else { return nil }
        (self.earlier, self.later, self.place) = (earlier, later, place)
    }
}

extension String {
    /// The text as one part of a path: everything but unreserved characters is escaped (RFC 3986, section 2.3).
    var escapedInPath: String { addingPercentEncoding(withAllowedCharacters: .unreserved) ?? "" }
}

extension CharacterSet {
    fileprivate static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
}
