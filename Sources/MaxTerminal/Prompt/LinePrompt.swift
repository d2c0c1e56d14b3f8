/// A question answered by one line of text, in the clear or masked.
///
/// Every string may come from elsewhere (a provider, a connector): control characters in it are made harmless.
package struct LinePrompt: Sendable {
    /// What is asked for, in a few words: "Tenant URL".
    package var label: String

    /// Text that stands in the line from the start, to be edited; an earlier answer, for one.
    ///
    /// Not for secrets.
    package var text: String

    /// The answer when Enter is pressed on an empty line; without one the answer is empty.
    ///
    /// Not for secrets.
    package var `default`: String?

    /// What an answer looks like, shown dim beside the label.
    package var example: String?

    /// What Enter alone does, as a sentence, where that is more than taking the default.
    package var enterAlone: String?

    /// What stays on the screen for an empty answer.
    package var emptyAnswer = ""

    /// Lines that help to answer, wrapped at words.
    package var help: [String]

    /// Things worth knowing that are nobody's mistake.
    package var notices: [String]

    /// Why the last answer was not taken, shown under the line in red.
    package var problem: String?

    /// Whether `<` alone goes to the question before.
    package var canGoBack: Bool

    /// Whether a secret is held already, and Enter alone keeps it.
    ///
    /// The reply is then empty.
    package var held: Bool

    /// Why an answer cannot be taken, or nil; asked at Enter, before the question is left.
    ///
    /// A line that is refused stays to be mended; a secret is typed anew.
    package var check: (@Sendable (String) -> String?)?

    /// Asks for `label`, with nothing else said.
    package init(
        _ label: String, text: String = "", default: String? = nil, example: String? = nil, enterAlone: String? = nil,
        help: [String] = [], notices: [String] = [], problem: String? = nil, canGoBack: Bool = false,
        held: Bool = false
    ) {
        self.label = label
        self.text = text
        self.default = `default`
        self.example = example
        self.enterAlone = enterAlone
        self.help = help
        self.notices = notices
        self.problem = problem
        self.canGoBack = canGoBack
        self.held = held
    }
}
