import NIOPosix
import SandboxKit

/// The one way in which requests change the tenant: through the journal, and with the webhooks told.
struct TenantWriter: Sendable {
    let ledger: Ledger<TenantState>
    let outbox: Outbox

    /// Commits what is decided, off the threads that serve requests, and gives the state after it.
    @discardableResult
    func commit(
        by actor: Int?,
        _ decide: @escaping @Sendable (TenantState, Timestamp) throws -> JournalEntry.Event?
    ) async throws -> TenantState {
        let ledger = ledger
        let (before, after) = try await NIOThreadPool.singleton.runIfActive { try ledger.commit(actor, decide) }
        for change in after.changes[before.sequence...] where change.isSilent == false {
            outbox.announce(change, to: after.webhooks, in: after.world)
        }
        return after
    }
}
