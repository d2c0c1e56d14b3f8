/// What surrounds every page.
struct Frame: Sendable, Hashable {
    /// The page's name in the window's title.
    let title: String
    /// The way around, for the owner.
    var owner: OwnerBar?
    var width: Width = .narrow
    /// A calm sentence above everything else.
    var notice: String?
    /// The event from which on it is told what changes; nil where nothing does while it is looked at.
    var news: Int?
    /// Whether they change now.
    var isBusy = false
    /// Seconds after which a browser without scripts loads the page again.
    var refresh: Int?
    /// What tells one set of styles and scripts from the next.
    let assets = Asset.version

    /// How wide the page's content may grow.
    enum Width: String, Sendable, Hashable, CustomStringConvertible {
        case narrow
        case wide
        var description: String { rawValue }
    }
}

/// The owner's way around.
struct OwnerBar: Sendable, Hashable {
    let places: [PlacePart]
    /// What the forms of the page carry.
    let csrf: String

    init(csrf: String, at place: Place?, unread: Int = 0) {
        places = Place.allCases.map { item in
            PlacePart(
                label: item.label, href: item.rawValue, isHere: item == place,
                badge: item == .notices && unread > 0 ? BadgeCount(unread) : nil)
        }
        self.csrf = csrf
    }

    /// Where the owner can always go.
    enum Place: String, CaseIterable {
        case sources = "/"
        case notices = "/notices"
        case server = "/server"
        case access = "/access"

        var label: String {
            switch self {
            case .sources: "Sources"
            case .notices: "Notices"
            case .server: "Server"
            case .access: "Access"
            }
        }
    }
}

/// A link of the way around.
struct PlacePart: Sendable, Hashable {
    let label: String
    let href: String
    let isHere: Bool
    var badge: BadgeCount?
}

/// How much there is behind a link that nobody has seen yet.
struct BadgeCount: Sendable, Hashable {
    /// The number, in the room there is.
    let short: String
    /// The same for whoever hears it.
    let words: String

    init(_ count: Int) {
        short = count > 99 ? "99+" : String(count)
        words = "\(count) unread"
    }
}
