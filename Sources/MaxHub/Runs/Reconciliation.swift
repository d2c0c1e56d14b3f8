/// The entities of which a run knows enough to tell, at its end, that records of theirs are gone.
package struct Reconciliation: Sendable, Hashable, ExpressibleByArrayLiteral {
    /// Those of which every list was read whole: a record that no list has is gone.
    package let listed: Set<String>
    /// Those that feeds told of: a record that only gone ones led to is gone with them.
    package let told: Set<String>

    /// Creates one.
    package init(listed: Set<String>, told: Set<String> = []) {
        self.listed = listed
        self.told = told
    }

    /// Creates one of entities whose lists were read.
    package init(arrayLiteral entities: String...) { self.init(listed: Set(entities)) }

    /// Whether nothing is known well enough.
    package var isEmpty: Bool { listed.isEmpty && told.isEmpty }
}
