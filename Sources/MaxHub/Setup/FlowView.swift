package import Foundation
package import MaxConnector
package import MaxCore

/// What a surface shows of a conversation: one value that terminal, page, REST and SDK render alike.
///
/// Every consumer switches over it without `default:`, so that a new case is a list of compiler errors.
package enum FlowView: Sendable, Hashable {
    /// Questions to answer together.
    case form(FormView)
    /// One question with a list of options.
    case choice(ChoiceView)
    /// A call to the provider is under way.
    case working(WorkingView)
    /// Something has to happen elsewhere: in a browser, on a device, at the provider, with a file.
    case open(OpenView)
    /// The connection is active.
    case finished(FinishedView)
    /// The setup cannot go on.
    case refused(Problem)
}

/// Where in a conversation a view stands.
package struct StepView: Sendable, Hashable, Codable {
    /// The step's id; `platform.…` for a question of the platform's own.
    package let id: String
    /// The heading.
    package let title: String
    /// Whether there is an earlier question to go back to.
    package let canGoBack: Bool

    package init(id: String, title: String, canGoBack: Bool) {
        self.id = id
        self.title = title
        self.canGoBack = canGoBack
    }
}

/// Questions to answer together.
package struct FormView: Sendable, Hashable, Codable {
    package let step: StepView
    /// The questions; none when there is nothing to do but to try again.
    package let fields: [FormField]
    /// What was wrong last time.
    package let problem: Problem?
    /// What was done to the last answer.
    package let notices: [String]
    /// What can fill everything in instead, such as a sandbox, in words.
    package let sandboxOffer: String?
    /// How far the check that led here has climbed.
    package let ladder: Ladder?
    /// How many more refusals there may be before the account is left alone for a while, after one.
    package let triesLeft: Int?

    /// Whether what was answered is kept, and only could not be proven: nobody made a mistake.
    package var isUnproven: Bool { problem?.kind == .retryable }

    package init(
        step: StepView, fields: [FormField], problem: Problem?, notices: [String], sandboxOffer: String? = nil,
        ladder: Ladder? = nil, triesLeft: Int? = nil
    ) {
        self.step = step
        self.fields = fields
        self.problem = problem
        self.notices = notices
        self.sandboxOffer = sandboxOffer
        self.ladder = ladder
        self.triesLeft = triesLeft
    }
}

/// A question and what is known of its answer.
///
/// A secret's value is never part of it.
package struct FormField: Sendable, Hashable, Codable {
    package let spec: FieldSpec
    /// The answer so far; always nil for a secret.
    package let value: JSON?
    /// Whether a secret is sealed already, so that no answer keeps it.
    package let isHeld: Bool
    /// The host that a secret will be sent to, where that follows from an answer; whoever gave it.
    package let destination: String?

    package init(spec: FieldSpec, value: JSON?, isHeld: Bool, destination: String? = nil) {
        self.spec = spec
        self.value = value
        self.isHeld = isHeld
        self.destination = destination
    }
}

/// One question with a list of options.
package struct ChoiceView: Sendable, Hashable, Codable {
    package let step: StepView
    /// The config property it fills, or `platform.…`.
    package let field: String
    package let options: [Choice]
    /// Whether more than one may be chosen.
    package let many: Bool
    /// Whether the provider can be asked for other options with ``FlowAnswer/search(_:)``.
    package let isSearchable: Bool
    /// What the options were searched by.
    package let query: String
    /// A sentence before the options.
    package let explanation: String?
    /// The platform's own question, where the choice is not the connector's.
    package let question: PlatformQuestion?
    package let problem: Problem?
    package let notices: [String]
    /// How far the check that led here has climbed.
    package var ladder: Ladder?

    package init(
        step: StepView, field: String, options: [Choice], many: Bool = false, isSearchable: Bool = false,
        query: String = "", explanation: String? = nil, question: PlatformQuestion? = nil, problem: Problem? = nil,
        notices: [String] = [], ladder: Ladder? = nil
    ) {
        self.step = step
        self.field = field
        self.options = options
        self.many = many
        self.isSearchable = isSearchable
        self.query = query
        self.explanation = explanation
        self.question = question
        self.problem = problem
        self.notices = notices
        self.ladder = ladder
    }
}

/// A call to the provider under way.
package struct WorkingView: Sendable, Hashable, Codable {
    package let step: StepView
    /// How far it has climbed, when known.
    package let ladder: Ladder?

    package init(step: StepView, ladder: Ladder?) {
        self.step = step
        self.ladder = ladder
    }
}

/// Something that has to happen elsewhere.
package struct OpenView: Sendable, Hashable, Codable {
    package let step: StepView
    package let target: Target
    /// Why it cannot be opened here, when it cannot.
    package let problem: Problem?

    /// Where it has to happen.
    package enum Target: Sendable, Hashable, Codable {
        /// A login in a browser on the server, beginning at that page.
        case browser(start: URL)
        /// A collector on a device, for that source.
        case device(source: String)
        /// The provider's consent page.
        case consent(page: URL)
        /// A file the owner exported.
        case upload(accepts: [String], maximumBytes: Int)
    }

    package init(step: StepView, target: Target, problem: Problem?) {
        self.step = step
        self.target = target
        self.problem = problem
    }
}

/// A conversation that ended well.
package struct FinishedView: Sendable, Hashable, Codable {
    package let connection: ConnectionID
    package let identity: Identity?
    /// Whether it mended a connection that existed.
    package let updated: Bool
    /// How far the check of the credential has climbed.
    package let ladder: Ladder?
    /// What people call the credential, such as “API token”.
    package let credential: String?
    /// When the credential stops working, where the provider told.
    package let expiresAt: Date?

    /// Creates the view of an end; the credential lasts as long as the identity says, unless that is told by itself.
    package init(
        connection: ConnectionID, identity: Identity?, updated: Bool, ladder: Ladder? = nil, credential: String? = nil,
        expiresAt: Date? = nil
    ) {
        self.connection = connection
        self.identity = identity
        self.updated = updated
        self.ladder = ladder
        self.credential = credential
        self.expiresAt = expiresAt ?? identity?.expiresAt
    }
}
