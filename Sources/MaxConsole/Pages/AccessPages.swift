internal import Foundation
internal import MaxEngines
internal import MaxHub

/// Who may come in: agents, and the places where the owner is signed in.
struct AccessPage: Page {
    static let template = "access"

    let frame: Frame
    let agents: [AgentPart]
    let hasAgents: Bool
    let sessions: [SignedInPart]

    init(agents: [Agent], sessions: [OwnerSession], here: OwnerSessionID, _ setting: PageSetting) {
        self.agents = agents.map { AgentPart($0, setting) }
        hasAgents = !agents.isEmpty
        self.sessions = sessions.prefix(50).map { SignedInPart($0, isHere: $0.id == here, setting) }
        frame = setting.frame("Access", at: .access)
    }
}

/// A program that was let in.
struct AgentPart: Sendable {
    let name: String
    let scopes: String
    let times: String
    let action: ActionPart

    init(_ agent: Agent, _ setting: PageSetting) {
        name = agent.name
        scopes = AgentScope.allCases.filter(agent.scopes.contains).map(\.words).joined(separator: " · ")
        let used = agent.usedAt.map { "used \(Phrase.age(setting.now.timeIntervalSince($0)))" } ?? "never used"
        let left = Phrase.duration(agent.expiresAt.timeIntervalSince(setting.now))
        times = "\(used) · ends in \(left)"
        let url = "/access/agents/\(agent.id.rawValue.escapedInPath)/revoke"
        action = ActionPart("Take back", post: PostPart(url: url, csrf: setting.csrf), .ordinary)
    }
}

/// A place where the owner is signed in.
struct SignedInPart: Sendable {
    let name: String
    let times: String
    let here: BadgePart?
    let action: ActionPart?

    init(_ session: OwnerSession, isHere: Bool, _ setting: PageSetting) {
        name = "\(session.visitor.programName) · \(session.visitor.address)"
        let since = Phrase.moment(session.beganAt)
        times = "since \(since) · used \(Phrase.age(setting.now.timeIntervalSince(session.seenAt)))"
        here = isHere ? BadgePart("This browser", .good) : nil
        let url = "/access/places/\(session.id.rawValue.escapedInPath)/revoke"
        action = isHere ? nil : ActionPart("Sign out", post: PostPart(url: url, csrf: setting.csrf), .ordinary)
    }
}

extension AgentScope {
    /// What it lets an agent do.
    var words: String {
        switch self {
        case .setup: "begin setups"
        case .read: "see accounts and records"
        case .manage: "sync, rename and disconnect"
        }
    }
}

extension Visitor {
    /// What the visitor's browser is called, as far as it says.
    var programName: String {
        let browsers = [("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]
        let systems = [
            ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
            ("Linux", "Linux"),
        ]
        guard let browser = browsers.first(where: { program.contains($0.0) })?.1 else {
            return program.isEmpty ? "A browser" : String(program.prefix(40))
        }
        return systems.first { program.contains($0.0) }.map { "\(browser) on \($0.1)" } ?? browser
    }
}

/// The approval of an agent that shows a code.
struct DevicePage: Page {
    static let template = "device"

    let frame: Frame
    let csrf: String
    var ask: AskPart?
    var grant: GrantPart?
    var done: String?

    /// Asks for the code.
    init(code: String = "", problem: ProblemPart? = nil, _ setting: PageSetting) {
        self.init(setting)
        ask = AskPart(code: code, problem: problem)
    }

    /// Shows who asks.
    init(_ grant: DeviceGrant, problem: ProblemPart? = nil, _ setting: PageSetting) {
        self.init(setting)
        self.grant = GrantPart(grant, problem: problem, now: setting.now)
    }

    /// Says that it is done.
    init(done: String, _ setting: PageSetting) {
        self.init(setting)
        self.done = done
    }

    private init(_ setting: PageSetting) {
        frame = setting.frame("Let an agent in", at: .access)
        csrf = setting.csrf
    }

    /// The question for the code.
    struct AskPart: Sendable {
        let code: String
        let problem: ProblemPart?
    }
}

/// What an agent asks for.
struct GrantPart: Sendable {
    let name: String
    let code: String
    let options: [PickPart]
    let origin: String
    let problem: ProblemPart?

    init(_ grant: DeviceGrant, problem: ProblemPart?, now: Date) {
        (name, code, self.problem) = (grant.name, grant.userCode.description, problem)
        let place = FieldPlace("scope", number: 1)
        options = AgentScope.allCases.filter(grant.scopes.contains).enumerated().map { index, scope in
            PickPart(
                id: place.option(index + 1).id, name: "scope", type: "checkbox", value: scope.rawValue,
                label: scope.words, detail: nil, isChosen: true)
        }
        let age = Phrase.age(now.timeIntervalSince(grant.requestedAt))
        origin = "Asked from \(grant.visitor.address), \(age)."
    }
}
