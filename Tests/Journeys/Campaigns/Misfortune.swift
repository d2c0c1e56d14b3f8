import AcmeSandbox
import Testing

/// Something that goes wrong, and how the connection is said to be right after it.
struct Misfortune: Sendable, CustomTestStringConvertible {
    let name: String
    /// The verdicts that are true then.
    let verdicts: Set<Verdict>
    let befall: @Sendable (CampaignHouse, inout Dice) async throws -> Void
    /// What its owner does about it; nothing where it passes by itself.
    let mend: @Sendable (CampaignHouse) async throws -> Void

    init(
        _ name: String, _ verdicts: Verdict...,
        befall: @escaping @Sendable (CampaignHouse, inout Dice) async throws -> Void,
        mend: @escaping @Sendable (CampaignHouse) async throws -> Void = { _ in }
    ) {
        self.name = name
        self.verdicts = Set(verdicts)
        self.befall = befall
        self.mend = mend
    }

    var testDescription: String { name }
}

/// How a connection is said to be: the headline, and the one thing to do.
struct Verdict: Sendable, Hashable {
    let headline: String
    let action: String?

    /// Nothing is to be done.
    static let well = Verdict(headline: "active", action: nil)
    /// The last sync did not bring everything, and may be done again.
    static let unfinished = Verdict(headline: "active", action: "sync")
    /// The provider cannot be reached, and is tried again by itself.
    static let waiting = Verdict(headline: "waiting", action: "wait")
    /// Nothing is tried any more before the owner says so.
    static let givenUp = Verdict(headline: "needs_attention", action: "sync")
    /// The provider refused the credential.
    static let refused = Verdict(headline: "needs_attention", action: "reconnect")
}

extension Misfortune {
    /// The table: what befalls, and the verdicts that are true right after it.
    static let all = [
        Misfortune("a server is killed", .well, .unfinished) { try await $0.killServers(&$1) },
        Misfortune("a sync is killed", .well, .unfinished) { try await $0.killSyncs(&$1) },
        Misfortune("a watch is killed", .well, .unfinished) { try await $0.killWatches(&$1) },
        Misfortune("a backup is killed", .well) { try await $0.killBackups(&$1) },
        Misfortune("a rotation of keys is killed", .well) { try await $0.killRotations(&$1) },
        Misfortune("the disk is full", .well) { house, _ in try await house.fillDisk() },
        Misfortune("the disk cannot be written", .well) { house, _ in try await house.protectDisk() },
        Misfortune("the clock jumps by a year and back", .well) { try await $0.jumpClock(&$1) },
        Misfortune("the provider is down for a week", .givenUp) { house, _ in
            try await house.sitOutAWeek()
        } mend: {
            try await $0.sync()
        },
        Misfortune("the provider comes and goes", .well) { house, _ in try await house.sitOutOutages() },
        Misfortune("the provider takes the credential back", .refused) { house, _ in
            try await house.meetRefusals()
        } mend: {
            try await $0.reconnect($0.acme.key)
        },
        Misfortune("refusals of the credential flap", .well) { house, _ in
            try await house.reconnect(house.acme.key(.flapping))
            try await house.sync()
        } mend: {
            try await $0.reconnect($0.acme.key)
        },
        Misfortune("two servers and a watch share a directory", .well) { house, _ in try await house.crowd() },
    ]
}
