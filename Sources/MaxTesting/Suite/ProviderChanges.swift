public import MaxCore

/// The hand that changes what the script's account holds at a running double, as its owner would at the provider.
///
/// Each change is of something that the connector collects with the script's answers, and is made after a first sync.
public struct ProviderChanges: Sendable {
    let add: @Sendable () async throws -> Record
    let edit: @Sendable () async throws -> Record
    let delete: @Sendable () async throws -> Ref

    /// Creates a hand.
    ///
    /// - Parameters:
    ///   - add: Adds something and returns the record it has to become; fields that are left out are not compared.
    ///   - edit: Edits something that was there, and returns what has to become of it.
    ///   - delete: Deletes something that was there, and returns the address of its record.
    public init(
        add: @escaping @Sendable () async throws -> Record, edit: @escaping @Sendable () async throws -> Record,
        delete: @escaping @Sendable () async throws -> Ref
    ) {
        self.add = add
        self.edit = edit
        self.delete = delete
    }
}
