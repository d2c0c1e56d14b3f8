package import Foundation
internal import MaxConnector
package import MaxCore
package import MaxHub

/// What a setup shows, as it is sent: the engine's own view, told apart by `kind`.
package struct ViewBody: Codable, Sendable, Hashable {
    /// `form`, `choice`, `working`, `open`, `finished` or `refused`.
    package let kind: String
    package var step: StepView?
    package var fields: [FieldBody]?
    package var choice: ChoiceBody?
    package var rung: Rung?
    /// How far the check has climbed, while it is under way and after it.
    package var ladder: [LadderRung]?
    /// Whether what was answered is kept and only could not be proven yet.
    package var unproven: Bool?
    /// How many more refusals there may be before the account is left alone for a while.
    package var triesLeft: Int?
    package var open: OpenBody?
    /// What was wrong with the last answer, or why the setup cannot go on.
    package var problem: ProblemBody?
    /// What was done to the last answer.
    package var notices: [String]?
    /// An offer to fill everything in from the connector's sandbox.
    package var sandboxOffer: String?
    /// The connection that is active now.
    package var connection: String?
    /// Whether it is one that existed before.
    package var updated: Bool?
    /// What people call the credential, such as “API token”.
    package var credential: String?
    /// When the credential stops working, where the provider told.
    package var expiresAt: Date?

    /// Puts a view into its form for sending.
    package init(_ view: FlowView) {
        switch view {
        case .form(let form):
            kind = "form"
            step = form.step
            fields = form.fields.map { FieldBody($0) }
            problem = form.problem.map { ProblemBody($0) }
            notices = form.notices
            sandboxOffer = form.sandboxOffer
            (ladder, triesLeft) = (form.ladder?.rungs, form.triesLeft)
            unproven = form.isUnproven ? true : nil
        case .choice(let list):
            kind = "choice"
            step = list.step
            choice = ChoiceBody(list)
            problem = list.problem.map { ProblemBody($0) }
            notices = list.notices
            ladder = list.ladder?.rungs
        case .working(let working):
            kind = "working"
            step = working.step
            (rung, ladder) = (working.ladder?.current, working.ladder?.rungs)
        case .open(let opening):
            kind = "open"
            step = opening.step
            open = OpenBody(opening.target)
            problem = opening.problem.map { ProblemBody($0) }
        case .finished(let finished):
            kind = "finished"
            connection = finished.connection.rawValue
            updated = finished.updated
            ladder = finished.ladder?.rungs
            unproven = finished.ladder?.unproven == nil ? nil : true
            (credential, expiresAt) = (finished.credential, finished.expiresAt)
        case .refused(let refusal):
            kind = "refused"
            problem = ProblemBody(refusal)
        }
    }
}

/// A list to choose from.
package struct ChoiceBody: Codable, Sendable, Hashable {
    package let field: String
    package let options: [OptionBody]
    package let many: Bool
    package let searchable: Bool
    package let query: String
    package let explanation: String?

    init(_ choice: ChoiceView) {
        field = choice.field
        options = choice.options.map { OptionBody(value: $0.value, label: $0.label, detail: $0.detail) }
        many = choice.many
        searchable = choice.isSearchable
        query = choice.query
        explanation = choice.explanation
    }
}

/// Something that has to happen elsewhere.
package struct OpenBody: Codable, Sendable, Hashable {
    /// `browser`, `device`, `consent` or `upload`; for agents `owner_link` too.
    package let kind: String
    package var url: String?
    package var source: String?
    package var accepts: [String]?
    package var maximumBytes: Int?
    /// The host that a secret will be sent to, where that follows from an earlier answer.
    package var destination: String?

    /// A step that is the owner's; an agent shows the link and waits.
    static func ownerLink(_ url: String?, destination: String?) -> OpenBody {
        var body = OpenBody(kind: "owner_link", url: url)
        body.destination = destination
        return body
    }

    private init(kind: String, url: String?) {
        self.kind = kind
        self.url = url
    }

    init(_ target: OpenView.Target) {
        switch target {
        case .browser(let start):
            kind = "browser"
            url = start.absoluteString
        case .device(let name):
            kind = "device"
            source = name
        case .consent(let page):
            kind = "consent"
            url = page.absoluteString
        case .upload(let endings, let bytes):
            kind = "upload"
            accepts = endings
            maximumBytes = bytes
        }
    }
}
