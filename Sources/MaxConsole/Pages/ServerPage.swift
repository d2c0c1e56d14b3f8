/// Whether this server has what setups and syncs need.
struct ServerPage: Page {
    static let template = "server"

    let frame: Frame
    let summary: String
    let checks: [CheckPart]

    init(_ checks: [CheckPart], _ setting: PageSetting) {
        self.checks = checks
        let open = checks.filter { $0.badge.tone == .warn }.count
        summary = open == 0 ? "Everything this server needs is there." : "Something on this server needs you."
        frame = setting.frame("Server", at: .server)
    }
}

/// One thing that a server has or lacks.
struct CheckPart: Sendable, Hashable {
    let title: String
    let sentence: String
    let fix: String?
    let badge: BadgePart

    /// Creates a line of the page; without words of its own its state is called as its tone is.
    init(
        _ title: String, _ sentence: String, fix: String? = nil, _ tone: BadgePart.Tone, called standing: String? = nil
    ) {
        (self.title, self.sentence, self.fix) = (title, sentence, fix)
        let usual =
            switch tone {
            case .good: "Ready"
            case .warn, .bad: "Needs you"
            case .idle, .busy: "Not in use"
            }
        badge = BadgePart(standing ?? usual, tone)
    }
}
