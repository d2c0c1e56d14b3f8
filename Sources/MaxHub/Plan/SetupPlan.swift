package import MaxConnector

/// How a source is connected here and now: the one answer that every surface shows.
package struct SetupPlan: Sendable, Hashable {
    package let connector: ConnectorDescriptor
    package let modality: Modality
    /// Whether an account can be added.
    package let canAdd: Availability
    /// When the credential is proven.
    package let validation: Validation
    /// Whether anyone can try it without an account.
    package let hasSandbox: Bool
    /// The accounts that are connected already.
    package let existing: [Connection]

    /// Creates a plan.
    package init(
        connector: ConnectorDescriptor, modality: Modality, canAdd: Availability, validation: Validation,
        hasSandbox: Bool, existing: [Connection]
    ) {
        self.connector = connector
        self.modality = modality
        self.canAdd = canAdd
        self.validation = validation
        self.hasSandbox = hasSandbox
        self.existing = existing
    }

    /// Whether an account can be added.
    package enum Availability: Sendable, Hashable {
        case yes
        /// Once these settings of this machine are made.
        case afterServerSetup([Blocker])
        /// Not at all here, and why.
        case no(String)
    }

    /// A setting of this machine that is missing.
    package struct Blocker: Sendable, Hashable {
        package let code: String
        package let sentence: String
        package let fix: String

        /// Creates a blocker.
        package init(code: String, sentence: String, fix: String) {
            self.code = code
            self.sentence = sentence
            self.fix = fix
        }
    }

    /// When a credential is proven.
    package enum Validation: String, Sendable, Hashable {
        /// While the owner waits.
        case synchronous
        /// By the first collection.
        case firstSync = "first_sync"
    }
}

/// What this machine can do, as far as setups depend on it.
package struct Deployment: Sendable, Hashable {
    /// Why secrets cannot be sealed; nil when they can.
    package var vaultLock: VaultLock?
    /// The kinds of steps that something here can serve besides forms, checks and choices.
    package var opens: Set<Opening>

    /// A kind of step that happens elsewhere.
    package enum Opening: String, Sendable, Hashable, CaseIterable {
        case browser
        case device
        case consent
        case upload
    }

    package init(vaultLock: VaultLock?, opens: Set<Opening>) {
        self.vaultLock = vaultLock
        self.opens = opens
    }
}
