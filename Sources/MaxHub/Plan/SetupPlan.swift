package import MaxConnector

/// How a source is connected here and now: the one answer that every surface shows.
package struct SetupPlan: Sendable, Hashable {
    package let connector: ConnectorDescriptor
    package let modality: Modality
    /// Whether an account can be added.
    package let canAdd: Availability
    /// What comes first when an account is added; nil when none can be.
    package let nextStep: NextStep?
    /// When the credential is proven.
    package let validation: Validation
    /// What makes a connection active, and nothing else does.
    package let proof: Proof
    /// Whether anyone can try it without an account.
    package let hasSandbox: Bool
    /// The accounts that are connected already.
    package let existing: [Connection]

    /// Creates a plan.
    package init(
        connector: ConnectorDescriptor, modality: Modality, canAdd: Availability, nextStep: NextStep?,
        validation: Validation, proof: Proof, hasSandbox: Bool, existing: [Connection]
    ) {
        self.connector = connector
        self.modality = modality
        self.canAdd = canAdd
        self.nextStep = nextStep
        self.validation = validation
        self.proof = proof
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

    /// What comes first.
    package struct NextStep: Sendable, Hashable {
        package let kind: Kind
        /// In a few words, as the connector's author put it.
        package let title: String

        package init(_ kind: Kind, title: String) {
            self.kind = kind
            self.title = title
        }

        /// What the owner does in it.
        package enum Kind: String, Sendable, Hashable, CaseIterable {
            /// Settings of this machine are made first.
            case serverSetup = "server_setup"
            case form
            case choice
            /// Nothing: the provider is asked.
            case check
            case browser
            case device
            case consent
            case upload
        }
    }

    /// What makes a connection active.
    package enum Proof: String, Sendable, Hashable, CaseIterable {
        /// The provider said whose account it is.
        case identityRead = "identity_read"
        /// The secret was sealed; whose it is shows the first collection.
        case secretSealed = "secret_sealed"
        /// A login was captured and the account read from it.
        case sessionCaptured = "session_captured"
        /// The device redeemed its code with a key of its own.
        case deviceEnrolled = "device_enrolled"
        /// The provider's consent was exchanged for tokens and the account read with them.
        case tokensExchanged = "tokens_exchanged"
        /// The file was recognised and staged.
        case fileStaged = "file_staged"
        /// The connector's own check passed.
        case checkPassed = "check_passed"
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
