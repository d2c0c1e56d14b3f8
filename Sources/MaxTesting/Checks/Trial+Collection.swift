internal import MaxHub

extension Trial {
    func run(_ check: CollectionCheck) async throws {
        switch check {
        case .plan: try await checkPlan()
        case .firstSync: try await checkFirstSync()
        case .fields: try await checkFields()
        case .nothingChanged: try await checkNothingChanged()
        case .addition: try await checkAddition()
        case .edit: try await checkEdit()
        case .deletion: try await checkDeletion()
        case .refusedCredential: try await checkRefusedCredential()
        case .revokedInTheMiddle: try await checkRevocationInTheMiddle()
        case .missingScope: try await checkSyncWithoutScope()
        case .passingRefusal: try await checkPassingRefusal()
        case .rateLimit: try await checkRateLimit()
        case .silentRateLimit: try await checkSyncOutage(.silentlyRateLimited)
        case .rateLimitAsForbidden: try await checkSyncOutage(.rateLimitedAsForbidden)
        case .errorBody: try await checkSyncOutage(.errorBody)
        case .serverFault: try await checkSyncOutage(.serverFault)
        case .silentProvider: try await checkSyncOutage(.hang)
        case .garbage: try await checkSyncOutage(.garbage)
        case .webPage: try await checkSyncOutage(.html)
        case .hugeAnswer: try await checkSyncOutage(.huge)
        case .killAndResume: try await checkKilledSync()
        case .canaries: try await checkSyncCanaries()
        }
    }
}

/// What an undisturbed first sync comes to.
struct FirstSync: Sendable {
    let run: Run
    /// What it cost the provider.
    let effort: SyncEffort
    /// How many writes of the sync engine.
    let writes: Int
    let snapshot: Snapshot
}

extension CollectionBench {
    /// Collects for the first time, undisturbed.
    func firstSync(_ connection: Connection) async throws -> FirstSync {
        let (effort, writes) = (outbound.effort, pulse.writes)
        let run = try await syncWhole(connection)
        return FirstSync(
            run: run, effort: outbound.effort - effort, writes: pulse.writes - writes,
            snapshot: try await snapshot(of: connection))
    }
}

extension FirstSync {
    /// How many requests it took.
    var calls: Int { effort.requests }
}
