package import Foundation
package import MaxConnector
package import MaxCore

/// Where a conversation stands, whole and Codable: the flow engine needs nothing else to go on.
///
/// The question at hand is not stored but follows from what is done, so that it cannot disagree with it.
package struct FlowState: Sendable, Hashable, Codable {
    /// The config answers by field name.
    package var answers: [String: JSON] = [:]
    /// The names of the secrets sealed so far.
    package var held: Set<String> = []
    /// The names of those among them that the provider refused together with the answers as they are.
    package var refused: Set<String> = []
    /// The steps that are behind, in the order in which they were finished.
    package var done: [DoneStep] = []
    /// What was wrong with the last answer, or what the last check found.
    package var problem: Problem?
    /// Sentences about what was done to the last answer, such as a line break removed.
    package var notices: [String] = []
    /// The options of the choice at hand.
    package var options: OptionList?
    /// A question of the platform's own that comes before the next step.
    package var question: PlatformQuestion?
    /// Whose account the credential opens, as soon as the provider said so.
    package var identity: Identity?
    /// When the secret answered last ends, where it says so itself.
    package var secretEnd: Date?
    /// Whether it mends a connection that exists.
    package var isMending = false
    /// Whether the provider is the connector's sandbox on this machine.
    package var isSandbox = false
    /// Hosts on this machine or a private network that the owner allowed in this setup.
    package var allowedHosts: Set<String> = []
    /// How far the last check has climbed.
    package var ladder: Ladder?
    /// How many more refusals there may be before the account is left alone for a while, after one.
    package var triesLeft: Int?
    /// Why the setup cannot go on at all.
    package var refusal: Problem?

    /// Creates the beginning of a conversation.
    package init() {}
}

/// A step that is behind.
package struct DoneStep: Sendable, Hashable, Codable {
    package let id: String
    package let how: How

    /// How a step came to be behind.
    package enum How: String, Sendable, Hashable, Codable {
        /// The owner answered it.
        case answered
        /// There was only one answer, or the sandbox knew it.
        case byItself = "by_itself"
        /// The connection that is being mended had the answer.
        case kept
        /// It asked the provider and went well.
        case passed
    }

    package init(_ id: String, _ how: How) {
        self.id = id
        self.how = how
    }
}

/// The options of a choice, as the provider listed them.
package struct OptionList: Sendable, Hashable, Codable {
    /// The step they belong to.
    package let step: String
    /// What they were searched by; empty for all.
    package let query: String
    package let choices: [Choice]

    package init(step: String, query: String, choices: [Choice]) {
        self.step = step
        self.query = query
        self.choices = choices
    }
}

/// What the platform itself has to ask.
package enum PlatformQuestion: Sendable, Hashable, Codable {
    /// The host is on this machine or a private network: may it be called?
    case allowHost(host: String, address: String)
    /// The account is connected already: update that connection?
    case sameAccount(connection: ConnectionID, slug: String, label: String)
    /// The credential opens another account than the connection's.
    case otherAccount(expected: String, found: String)
}
