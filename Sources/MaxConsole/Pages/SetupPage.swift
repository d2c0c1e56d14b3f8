internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxSetup

/// A setup as it stands, whatever it shows now.
struct SetupPage: Page {
    static let template = "setup"

    let frame: Frame
    let tile: TilePart
    let heading: String
    let subtitle: String?
    let stages: [SetupStage]
    let expiry: String?

    let action: String
    let csrf: String
    let revision: Int
    let canGoBack: Bool

    var form: FormPart?
    var choice: ChoicePart?
    var working: WorkingPart?
    var open: OpenPart?
    var refused: ProblemPart?
    var finished: FinishedPart?

    /// Makes the page of a setup.
    ///
    /// - Parameters:
    ///   - query: What a long list is narrowed to.
    ///   - typed: What was typed last into its lines and did not do, by question.
    ///   - scene: The first sync, where the setup is finished and there is one.
    init(
        _ reply: SetupReply, query: String = "", typed: [String: String] = [:], scene: FinishedScene? = nil,
        _ setting: PageSetting
    ) {
        let session = reply.session
        let provider = reply.connector.displayName
        tile = TilePart(of: reply.connector)
        (action, csrf, revision) = (ConsolePath.setup(session.id), setting.csrf, session.revision)
        canGoBack = reply.view.step?.canGoBack ?? false
        switch reply.view {
        case .form(let view): form = FormPart(view, typed: typed)
        case .choice(let view): choice = ChoicePart(view, query: query, action: action)
        case .working(let view): working = WorkingPart(view, provider: provider)
        case .open(let view): open = OpenPart(view, provider: provider)
        case .refused(let problem): refused = ProblemPart(problem)
        case .finished(let view):
            finished = scene.map { FinishedPart($0, view, at: ConsolePath.setup(session.id), setting) }
        }
        heading = reply.heading
        subtitle = reply.subtitle(naming: scene?.connection)
        stages = SetupStage.all(of: reply.view, isSynced: scene?.sync?.run.state.isEnded ?? false)
        expiry = reply.expiry(at: setting.now)
        let isBusy = working != nil || scene.map { $0.sync?.isUnderWay ?? true } ?? false
        frame = setting.liveFrame(heading, busy: isBusy)
    }
}

/// One of the stages that a setup goes through.
struct SetupStage: Sendable {
    let title: String
    let standing: String
    let isHere: Bool
    let isDone: Bool

    static func all(of view: FlowView, isSynced: Bool) -> [SetupStage] {
        let here = if case .finished = view { isSynced ? 3 : 2 } else { 1 }
        return ["Choose a source", "Connect", "First sync"].enumerated().map { index, title in
            SetupStage(
                title: title, standing: index < here ? "done" : index == here ? "here" : "ahead",
                isHere: index == here, isDone: index < here)
        }
    }
}

/// What is shown of a setup that ended well.
struct FinishedScene: Sendable {
    let connection: Connection
    let sync: SyncScene?
}

extension SetupReply {
    fileprivate var heading: String {
        switch view {
        case .finished(let view): view.identity.map { "Connected as \($0.label)" } ?? "Connected"
        case .form, .choice, .working, .open, .refused:
            session.purpose == .reconnect
                ? "Reconnect your \(connector.displayName) account" : "Connect your \(connector.displayName) account"
        }
    }

    /// What there is to say below the heading.
    ///
    /// - Parameter connection: The account, which is named where its owner gave it a name.
    fileprivate func subtitle(naming connection: Connection?) -> String? {
        if case .finished(let view) = view {
            let name = connection?.label == view.identity?.label ? nil : connection?.label
            let standing = view.updated ? "updated and active" : "active"
            let known = view.identity == nil ? "saved, not proven yet" : nil
            return [name, connector.displayName, standing, known, view.expiry].compactMap(\.self)
                .joined(separator: " · ")
        }
        let collects = connector.collects.isEmpty ? nil : "Collects \(connector.collects.joined(separator: ", "))."
        let leaves =
            connector.doesNotCollect.isEmpty
            ? nil : "Leaves alone \(connector.doesNotCollect.joined(separator: ", "))."
        let parts = [collects, leaves].compactMap(\.self)
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    fileprivate func expiry(at now: Date) -> String? {
        if case .finished = view { return nil }
        let left = Phrase.duration(session.expiresAt.timeIntervalSince(now))
        return "Your answers are kept as you go. You can leave this page and continue within \(left)."
    }
}

extension FlowView {
    /// Where in the conversation it stands.
    var step: StepView? {
        switch self {
        case .form(let view): view.step
        case .choice(let view): view.step
        case .working(let view): view.step
        case .open(let view): view.step
        case .finished, .refused: nil
        }
    }
}
