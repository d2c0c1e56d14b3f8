package import MaxConnector
internal import MaxCore
package import MaxHub

extension SetupPlan {
    /// Makes the plan from a connector, what this machine can do, and the connections that exist; nothing else decides.
    package static func make(
        _ connector: any Connector, rehearsal: FlowRehearsal, _ deployment: Deployment, hasSandbox: Bool,
        connections: [Connection]
    ) -> SetupPlan {
        let (modality, canAdd) = (connector.flow.modality(rehearsal), availability(connector, deployment))
        return SetupPlan(
            connector: connector.about, modality: modality, canAdd: canAdd,
            nextStep: nextStep(connector.flow, canAdd),
            validation: connector.flow.provesIdentity ? .synchronous : .firstSync,
            proof: proof(modality, provesIdentity: connector.flow.provesIdentity), hasSandbox: hasSandbox,
            existing: connections.filter { $0.connector == connector.about.name })
    }

    private static func nextStep(_ flow: FlowDefinition, _ canAdd: Availability) -> NextStep? {
        switch canAdd {
        case .no: nil
        case .afterServerSetup(let blockers): NextStep(.serverSetup, title: blockers.first?.sentence ?? "")
        case .yes: flow.steps.first.map { NextStep($0.kind, title: $0.title) }
        }
    }

    private static func proof(_ modality: Modality, provesIdentity: Bool) -> Proof {
        switch modality {
        case .staticSecret: provesIdentity ? .identityRead : .secretSealed
        case .browserBound: .sessionCaptured
        case .localDevice: .deviceEnrolled
        case .providerAuthorization: .tokensExchanged
        case .upload: .fileStaged
        case .none: .checkPassed
        }
    }

    private static func availability(_ connector: any Connector, _ deployment: Deployment) -> Availability {
        if let absence = connector.flow.absence(where: deployment.opens) { return .no(absence) }
        if let lock = deployment.vaultLock {
            return .afterServerSetup([
                Blocker(code: "vault_key", sentence: "The vault is \(lock.sentence).", fix: lock.fix)
            ])
        }
        return .yes
    }
}

extension FlowDefinition {
    /// Whether a step reads whose account it is while the owner waits.
    var provesIdentity: Bool { steps.contains(where: \.provesIdentity) }

    /// What it needs and cannot have where only some steps elsewhere are served; nil where it can have all.
    func absence(where opens: Set<Deployment.Opening>) -> String? {
        openings.subtracting(opens).min { $0.rawValue < $1.rawValue }?.absence
    }

    /// The kinds of steps that happen elsewhere.
    private var openings: Set<Deployment.Opening> {
        Set(
            steps.compactMap { step in
                switch step.body {
                case .browser: .browser
                case .device: .device
                case .consent: .consent
                case .upload: .upload
                case .input, .validation, .select, .custom: nil
                }
            })
    }
}

extension FlowStep {
    fileprivate var kind: SetupPlan.NextStep.Kind {
        switch body {
        case .input: .form
        case .select: .choice
        case .validation, .custom: .check
        case .browser: .browser
        case .device: .device
        case .consent: .consent
        case .upload: .upload
        }
    }
}

extension Deployment.Opening {
    fileprivate var absence: String {
        switch self {
        case .browser: "It needs a browser on the server, which this version does not have."
        case .device: "It needs a collector on a device, which this version does not have."
        case .consent: "It needs the provider's consent page, which this version cannot open."
        case .upload: "It needs an uploaded file, which this version cannot take."
        }
    }
}
