package import Foundation
package import MaxCore

/// The place where sealed secrets, wrapped keys and the audit lie.
///
/// Each method is one transaction.
package protocol SecretRows: Sendable {
    /// The secret in that place.
    func secret(_ field: String, of connection: ConnectionID, stage: SecretStage) async throws -> SealedSecret?
    /// Every secret of a connection.
    func secrets(of connection: ConnectionID) async throws -> [SealedSecret]
    /// Stores a secret, with the data key it needs when that is new.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `data_key_gone` when the key it is sealed with was replaced meanwhile or is
    ///   under a retired master key, so that it has to be sealed anew; `connection_revoked`; or `connection_not_found` when the connection was erased.
    func put(_ sealed: FreshlySealed) async throws
    /// Removes a secret that is in force.
    func deleteSecret(_ field: String, of connection: ConnectionID) async throws
    /// The data key of that id.
    func dataKey(_ id: String) async throws -> WrappedDataKey?
    /// The newest data key of a connection.
    func newestDataKey(of connection: ConnectionID) async throws -> WrappedDataKey?
    /// Every data key.
    func dataKeys() async throws -> [WrappedDataKey]
    /// Replaces a connection's data keys by a new one and its secrets by the same secrets sealed with that.
    ///
    /// - Returns: False, with nothing changed, when the secrets are no longer the ones that were read.
    /// - Throws: ``MaxCore/MaxError`` with code `data_key_gone` when the new key is under a retired master key.
    func rekey(
        _ connection: ConnectionID, to key: WrappedDataKey, from old: [SealedSecret], _ sealed: [SealedSecret]
    ) async throws -> Bool
    /// Marks master keys as never to be used again: from here on no data key is stored under one of them.
    ///
    /// The mark and the proof that nothing needs them are one transaction, so that nothing slips in between.
    ///
    /// - Returns: False, with nothing changed, when a data key is under one of them.
    func retire(masterKeys: Set<String>, at time: Date) async throws -> Bool
    /// Adds lines to the audit.
    func audit(_ entries: [AuditEntry]) async throws
    /// The newest lines of the audit, newest first.
    func auditTrail(limit: Int) async throws -> [AuditEntry]
    /// Runs `work` while no one else on this machine does under the same name.
    func exclusively<Result: Sendable>(
        _ name: String, _ work: @Sendable () async throws -> Result
    ) async throws -> Result
}

extension MaxError.Code {
    /// The data key a secret is sealed with was replaced meanwhile, or is under a retired master key.
    package static let dataKeyGone: Self = "data_key_gone"
}
