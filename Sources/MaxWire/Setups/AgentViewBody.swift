package import Foundation
internal import MaxConnector
package import MaxCore
package import MaxHub

/// What a setup shows to an agent, told apart by `kind` as in ``ViewBody``.
///
/// A form is made of ``PlainFieldBody`` values, which no secret fits into: one that asks for a secret can only be said as
/// `open`, with a link for the owner.
package struct AgentViewBody: Codable, Sendable, Hashable {
    /// `form`, `choice`, `working`, `open`, `finished` or `refused`.
    package let kind: String
    package var step: StepView?
    package var fields: [PlainFieldBody]?
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

    /// A step that is the owner's: what it is called, what went wrong before, and where the owner takes it.
    package init(owners view: FlowView, link: String?) {
        kind = "open"
        step = view.step
        open = .ownerLink(link, destination: view.destination)
        problem = view.problem.map { ProblemBody($0) }
        problem?.field = nil
        if case .form(let form) = view {
            (ladder, triesLeft) = (form.ladder?.rungs, form.triesLeft)
            unproven = form.isUnproven ? true : nil
        }
    }

    /// Puts a view into its form for an agent; nil when it asks for something that no agent may see.
    package init?(_ view: FlowView) {
        step = view.step
        switch view {
        case .form(let form):
            let plain = form.fields.compactMap { PlainFieldBody($0.spec, value: $0.value) }
            guard plain.count == form.fields.count else { return nil }
            (kind, fields) = ("form", plain)
            problem = form.problem.map { ProblemBody($0) }
            (notices, sandboxOffer) = (form.notices, form.sandboxOffer)
            (ladder, triesLeft) = (form.ladder?.rungs, form.triesLeft)
            unproven = form.isUnproven ? true : nil
        case .choice(let list):
            (kind, choice, notices) = ("choice", ChoiceBody(list), list.notices)
            ladder = list.ladder?.rungs
            problem = list.problem.map { ProblemBody($0) }
        case .working(let working):
            kind = "working"
            (rung, ladder) = (working.ladder?.current, working.ladder?.rungs)
        case .open(let opening):
            (kind, open) = ("open", OpenBody(opening.target))
            problem = opening.problem.map { ProblemBody($0) }
        case .finished(let finished):
            kind = "finished"
            (connection, updated) = (finished.connection.rawValue, finished.updated)
            ladder = finished.ladder?.rungs
            unproven = finished.ladder?.unproven == nil ? nil : true
            (credential, expiresAt) = (finished.credential, finished.expiresAt)
        case .refused(let refusal): (kind, problem) = ("refused", ProblemBody(refusal))
        }
    }
}

extension FlowView {
    /// Where in the conversation it stands; nil at the end.
    fileprivate var step: StepView? {
        switch self {
        case .form(let form): form.step
        case .choice(let choice): choice.step
        case .working(let working): working.step
        case .open(let opening): opening.step
        case .finished, .refused: nil
        }
    }

    /// The host that a secret of its form will be sent to.
    fileprivate var destination: String? {
        if case .form(let form) = self { form.fields.lazy.compactMap(\.destination).first } else { nil }
    }

    /// What was wrong with the last answer.
    fileprivate var problem: Problem? {
        switch self {
        case .form(let form): form.problem
        case .choice(let choice): choice.problem
        case .open(let opening): opening.problem
        case .refused(let problem): problem
        case .working, .finished: nil
        }
    }
}
