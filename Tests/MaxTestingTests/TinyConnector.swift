import Foundation
import MaxConnector
import MaxCore
import MaxTesting

/// The way in which a connector is made wrongly.
enum Defect: String, Sendable, CaseIterable {
    case urlAsIdentity
    case newIdentityEachTime
    case anySecretAccepted
    case refusalHidden
    case refusalWithoutName
    case secretInConfig
    case secretInAddress
    case planWithoutLoader
    case nothingListed
    case fieldNeverTold
    case fieldOfAnotherKind
    case anotherTextEachTime
    case onlyTheEndAgain
    case refusalAsEmptyList
    case scopeAsEmptyList
    case passingRefusalBelieved
    case limitAsMissingPermission
    case waitAsTheEnd
    case errorAsEmptyList
    case triesForEver
    case answerStoredUnread
    case pagesRemembered
    case secretInRecord

    /// The check that has to see it.
    var failingCheck: ConformanceCheck {
        switch self {
        case .urlAsIdentity, .newIdentityEachTime: .setup(.identity)
        case .anySecretAccepted, .refusalHidden, .refusalWithoutName: .setup(.wrongSecret)
        case .secretInConfig: .setup(.activation)
        case .secretInAddress: .setup(.canaries)
        case .planWithoutLoader: .collection(.plan)
        case .nothingListed: .collection(.firstSync)
        case .fieldNeverTold, .fieldOfAnotherKind: .collection(.fields)
        case .anotherTextEachTime: .collection(.nothingChanged)
        case .onlyTheEndAgain: .collection(.deletion)
        case .refusalAsEmptyList: .collection(.refusedCredential)
        case .scopeAsEmptyList: .collection(.missingScope)
        case .passingRefusalBelieved: .collection(.passingRefusal)
        case .limitAsMissingPermission: .collection(.rateLimitAsForbidden)
        case .waitAsTheEnd: .collection(.rateLimit)
        case .errorAsEmptyList: .collection(.errorBody)
        case .triesForEver: .collection(.serverFault)
        case .answerStoredUnread: .collection(.garbage)
        case .pagesRemembered: .collection(.killAndResume)
        case .secretInRecord: .collection(.canaries)
        }
    }
}

/// An account, from which its notes are reached.
enum TinyBox: Entity {
    static let definition = EntityDef("TinyBox") {
        Field.collection("notes", of: TinyNote.self)
        Field.collection("drafts", of: TinyNote.self)
    }
}

enum TinyNote: Entity {
    static let definition = EntityDef("TinyNote") {
        Field.string("text", .title)
        Field.integer("stars", .optional)
    }
}

struct TinyConfig: ConnectorConfig {
    var baseURL: URL
    var remark: String?
}

/// A connector as small as it can be, and wrong as asked.
///
/// - Parameters:
///   - home: The one address it leads to unless another is given; nil asks for one.
///   - egress: The hosts it may call, where it is not the one that is answered.
func tiny(
    _ defect: Defect? = nil, roots: [any Entity.Type] = [TinyBox.self], home: JSON? = nil, egress: Egress? = nil
) -> any Connector {
    let onboarding = OnboardingFlow<TinyConfig> {
        InputStep("Your Tiny") { Input(\.baseURL, "Address", fallback: home, advanced: home != nil) }
        InputStep("Token") { Secret(TinyClient.token) }
        ValidationStep("Checking with Tiny") { draft, context in
            try await TinyClient(try draft.baseURL, context.credentials, context.upstream).identity(defect)
        }
        CustomStep("Remarks", provides: ["remark"]) { draft, context in
            guard defect == .secretInConfig else { return ["remark": "none"] }
            let client = TinyClient(try draft.baseURL, context.credentials, context.upstream)
            return ["remark": .string(try await client.secret())]
        }
    }
    let notes = Loader<TinyList>(
        "notes", of: TinyNote.self, provides: ["text", "stars"],
        .collection(.init(of: TinyBox.self, "notes")) { _, cursor, list in try await list.page(from: cursor) })
    let drafts = Loader<TinyList>(
        "drafts", of: TinyNote.self, provides: ["text"],
        .collection(.init(of: TinyBox.self, "drafts")) { _, _, _ in Page([]) })
    let stages = [
        SyncPlan.Stage(TinyBox.self, "notes"),
        SyncPlan.Stage(TinyBox.self, defect == .planWithoutLoader ? "letters" : "drafts"),
    ]
    let def = ConnectorDef(
        name: "tiny", displayName: "Tiny", description: "Notes", icon: "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        version: "1.0.0", collects: ["notes"], egress: egress ?? .configured(field: "baseURL"),
        schema: ConnectorSchema(namespace: "tiny", entities: [TinyBox.self, TinyNote.self], roots: roots),
        onboarding: onboarding, seeder: Seeder { _ in SyncPlan(root: Ref(TinyBox.self, "me"), stages: stages) },
        resolvers: [Resolver(TinyBox.self, notes, drafts), Resolver(TinyNote.self, notes)])
    return ConnectorModule(def) { config, credentials, upstream in
        let client = TinyClient(
            config.baseURL, credentials, upstream, believesEveryRefusal: defect == .passingRefusalBelieved)
        return Installation(context: TinyList(client: client, defect: defect))
    }
}
