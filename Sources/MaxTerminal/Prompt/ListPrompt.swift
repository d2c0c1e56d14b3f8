/// A question answered by picking from a numbered list: by number, with the arrows, or by typing a part of the label.
///
/// Every string may come from elsewhere (a provider, a connector): control characters in it are made harmless.
package struct ListPrompt: Sendable {
    /// An entry of the list.
    package struct Item: Sendable, Equatable, Identifiable {
        /// What tells it from the others; never shown.
        package var id: String

        /// What people read, and what typing is compared with.
        package var label: String

        /// More about it, shown dim behind the label.
        package var detail: String?

        /// Describes one entry.
        package init(id: String, label: String, detail: String? = nil) {
            self.id = id
            self.label = label
            self.detail = detail
        }
    }

    /// Finds the entries for what was typed; called a moment after the last key, and never for one that is outdated.
    package typealias Search = @Sendable (String) async throws -> [Item]

    /// What is to be picked: "Workspace".
    package var label: String

    /// The entries, in their order; with `search`, those to begin with.
    package var items: [Item]

    /// Whether any number may be picked: Space ticks, Enter is done.
    package var many: Bool

    /// The entries ticked from the start; of a list to pick one from, the one the pointer stands on.
    package var picked: Set<Item.ID>

    /// Lines that help to choose, wrapped at words.
    package var help: [String]

    /// Why the last choice was not taken, shown under the list in red.
    package var problem: String?

    /// Whether `<` goes to the question before.
    package var canGoBack: Bool

    /// Looks for entries elsewhere instead of filtering `items`.
    package var search: Search?

    /// Asks to pick one of `items`.
    package init(
        _ label: String, items: [Item], many: Bool = false, picked: Set<Item.ID> = [], help: [String] = [],
        problem: String? = nil, canGoBack: Bool = false, search: Search? = nil
    ) {
        self.label = label
        self.items = items
        self.many = many
        self.picked = picked
        self.help = help
        self.problem = problem
        self.canGoBack = canGoBack
        self.search = search
    }
}
