internal import MaxConnector
internal import MaxCore
package import MaxHub

/// A connector and how it is connected here and now, as it is sent.
package struct ConnectorBody: Codable, Sendable, Hashable {
    package let name: String
    package let displayName: String
    package let description: String
    package let version: String
    /// `static_secret`, `browser_bound`, `local_device`, `provider_authorization`, `upload` or `none`.
    package let modality: String
    /// `bronze`, `silver` or `gold`.
    package let tier: String
    /// `yes`, `after_server_setup` or `no`.
    package let canAdd: String
    /// Why not, when it cannot be added now.
    package var reason: String?
    /// What is missing on this machine, when it can be added after that.
    package var blockers: [BlockerBody]?
    /// What comes first; missing when it cannot be added.
    package var nextStep: NextStepBody?
    /// `synchronous` or `first_sync`.
    package let validation: String
    /// What makes a connection active: `identity_read`, `secret_sealed`, `session_captured`, `device_enrolled`,
    /// `tokens_exchanged`, `file_staged` or `check_passed`.
    package let proof: String
    /// Whether anyone can try it without an account.
    package let sandbox: Bool
    package let scopes: [String]
    package let collects: [String]
    package let doesNotCollect: [String]
    /// The names of the connections that exist.
    package let connections: [String]

    /// Puts a plan into its form for sending.
    package init(_ plan: SetupPlan) {
        name = plan.connector.name
        displayName = plan.connector.displayName
        description = plan.connector.description
        version = plan.connector.version
        modality = plan.modality.rawValue
        tier = plan.connector.tier.rawValue
        validation = plan.validation.rawValue
        proof = plan.proof.rawValue
        nextStep = plan.nextStep.map { NextStepBody(kind: $0.kind.rawValue, title: $0.title) }
        sandbox = plan.hasSandbox
        scopes = plan.connector.scopes
        collects = plan.connector.collects
        doesNotCollect = plan.connector.doesNotCollect
        connections = plan.existing.map(\.slug)
        switch plan.canAdd {
        case .yes: canAdd = "yes"
        case .afterServerSetup(let blockers):
            canAdd = "after_server_setup"
            self.blockers = blockers.map { BlockerBody(code: $0.code, sentence: $0.sentence, fix: $0.fix) }
            reason = blockers.map(\.sentence).joined(separator: " ")
        case .no(let why):
            canAdd = "no"
            reason = why
        }
    }
}

/// A setting of this machine that is missing.
package struct BlockerBody: Codable, Sendable, Hashable {
    package let code: String
    package let sentence: String
    package let fix: String
}

/// What comes first when an account is added.
package struct NextStepBody: Codable, Sendable, Hashable {
    /// `server_setup`, `form`, `choice`, `check`, `browser`, `device`, `consent` or `upload`.
    package let kind: String
    package let title: String
}
