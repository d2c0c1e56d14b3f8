import Foundation
import MaxConnector
import MaxCore
import MaxHub
import Testing

@testable import MaxSetup

struct PlanTests {
    private static let page = URL(filePath: "/")
    private static let dana = Identity(id: "dana", label: "Dana")
    private let all = Deployment(vaultLock: nil, opens: Set(Deployment.Opening.allCases))

    @Test func `tells how a source is connected by its steps`() async throws {
        let secret = OnboardingFlow<NoConfig> { InputStep("A") { Secret(MailCredentials.password) } }
        let browser = OnboardingFlow<NoConfig> {
            InputStep("A") { Secret(MailCredentials.password) }
            BrowserStep("B", start: Self.page, signedIn: { _ in true }, identity: { _ in Self.dana })
        }
        let device = OnboardingFlow<NoConfig> { DeviceStep("D", source: "notes") }
        let consent = OnboardingFlow<NoConfig> {
            OAuthStep("O", authorize: Self.page, token: Self.page, clientID: "c", scopes: []) { _, _ in Self.dana }
        }
        let upload = OnboardingFlow<NoConfig> {
            UploadStep("U", accepts: ["zip"], maximumBytes: 1) { _ in Self.dana }
        }
        let check = OnboardingFlow<NoConfig> { ValidationStep("C") { _, _ in Self.dana } }
        typealias Row = (
            OnboardingFlow<NoConfig>, Modality, SetupPlan.Validation, SetupPlan.NextStep, SetupPlan.Proof,
            Deployment.Opening?
        )
        let rows: [Row] = [
            (secret, .staticSecret, .firstSync, .init(.form, title: "A"), .secretSealed, nil),
            (browser, .browserBound, .synchronous, .init(.form, title: "A"), .sessionCaptured, .browser),
            (device, .localDevice, .synchronous, .init(.device, title: "D"), .deviceEnrolled, .device),
            (consent, .providerAuthorization, .synchronous, .init(.consent, title: "O"), .tokensExchanged, .consent),
            (upload, .upload, .synchronous, .init(.upload, title: "U"), .fileStaged, .upload),
            (check, .none, .synchronous, .init(.check, title: "C"), .checkPassed, nil),
        ]
        for (flow, modality, validation, first, proof, opening) in rows {
            let plan = await plan(mail(flow), all)
            #expect(plan.modality == modality)
            #expect(plan.validation == validation)
            #expect(plan.nextStep == first)
            #expect(plan.proof == proof)
            #expect(plan.canAdd == .yes)
            guard let opening else { continue }
            let without = Deployment(vaultLock: nil, opens: Set(Deployment.Opening.allCases).subtracting([opening]))
            let refused = await self.plan(mail(flow), without)
            #expect(refused.nextStep == nil)
            guard case .no(let reason) = refused.canAdd else {
                Issue.record("\(modality) can be added without its opening")
                continue
            }
            #expect(reason.hasPrefix("It needs"))
        }
    }

    @Test func `names a missing key as a setting of the server`() async {
        let lock = VaultLock(missingKeys: [], sentence: "locked: no key", fix: "Make one.")
        let plan = await plan(mail(mailFlow), Deployment(vaultLock: lock, opens: []))
        #expect(
            plan.canAdd
                == .afterServerSetup([
                    SetupPlan.Blocker(code: "vault_key", sentence: "The vault is locked: no key.", fix: "Make one.")
                ]))
        #expect(plan.nextStep == SetupPlan.NextStep(.serverSetup, title: "The vault is locked: no key."))
        #expect(plan.proof == .identityRead)
    }

    @Test func `lists the connections of its own connector`() async {
        let mine = connection("con_1", "mail", "mail-dana", "Dana")
        let plan = await plan(mail(mailFlow), all, [mine, connection("con_2", "other", "other-dana", "Dana")])
        #expect(plan.existing == [mine])
        #expect(!plan.hasSandbox)
    }

    @Test(arguments: [
        ("dana@acme.test", "mail-dana"), ("Dâna Ünal", "mail-dana-unal"), ("", "mail"), ("日本", "mail"),
        ("a-very-long-account-name-indeed", "mail-a-very-long-account-name"), ("../../etc", "mail-etc"), ("!!", "mail"),
    ])
    func `makes a name that can be typed from any label`(label: String, slug: String) throws {
        let made = Slug.make(connector: "mail", identity: Identity(id: "1", label: label))
        #expect(made == slug)
        try Slug.check(made, besides: [])
    }

    private func plan(
        _ connector: any Connector, _ deployment: Deployment, _ connections: [Connection] = []
    ) async -> SetupPlan {
        SetupPlan.make(
            connector, rehearsal: await connector.flow.rehearse(), deployment, hasSandbox: false,
            connections: connections)
    }
}

func connection(_ id: String, _ connector: String, _ slug: String, _ label: String) -> Connection {
    Connection(
        id: ConnectionID(rawValue: id), connector: connector, slug: slug, label: label, identity: nil, state: .active,
        config: [:], configVersion: 1, isSandbox: false, allowedHosts: [], createdAt: Date(timeIntervalSince1970: 0),
        activatedAt: nil)
}
