/// Looks at the store itself, for diagnoses.
package protocol StoreInspection: Sendable {
    /// How the store is; reads all of it.
    func inspect() async throws -> StoreCondition
}

/// How a store is, without a word of what is in it.
package struct StoreCondition: Sendable, Hashable {
    /// How many faults the file has; 0 when it is in order.
    package let faults: Int
    /// How large the file is, in bytes.
    package let bytes: Int
    /// The names of the changes that its tables have gone through.
    package let changes: [String]

    package init(faults: Int, bytes: Int, changes: [String]) {
        self.faults = faults
        self.bytes = bytes
        self.changes = changes
    }
}
