import SandboxKit

extension TenantState: JournaledState {}

extension Ledger<TenantState> {
    var world: World { beginning.world }

    /// Decides on the newest state what somebody does, and lets it happen at this moment.
    ///
    /// Blocks its thread for the journal's lock and disk.
    func commit(
        _ actor: Int?, _ decide: (TenantState, Timestamp) throws -> JournalEntry.Event?
    ) throws -> (before: TenantState, after: TenantState) {
        try commit { tenant in
            let now = Timestamp.now()
            return try decide(tenant, now).map { JournalEntry(at: now, actor: actor, event: $0) }
        }
    }
}
