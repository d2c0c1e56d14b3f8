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

    /// The check that has to see it.
    var failingCheck: SetupCheck {
        switch self {
        case .urlAsIdentity, .newIdentityEachTime: .identity
        case .anySecretAccepted, .refusalHidden, .refusalWithoutName: .wrongSecret
        case .secretInConfig: .activation
        case .secretInAddress: .canaries
        }
    }
}

enum TinyNote: Entity {
    static let definition = EntityDef("TinyNote") { Field.string("text", .title) }
}

struct TinyConfig: ConnectorConfig {
    var baseURL: URL
    var remark: String?
}

struct TinyClient: Sendable {
    static let token = Credential.string("token", label: "Token", pattern: Pattern("tiny_[a-z0-9_]+"))
    let draft: Draft<TinyConfig>
    let context: SetupContext

    struct Account: Decodable { let id: String }

    func account(_ query: [URLQueryItem] = []) async throws -> Account {
        let request = UpstreamRequest.get((try draft.baseURL / "me").appending(queryItems: query))
        let answer = try await context.upstream.send(
            request.bearer(context.credentials.get(Self.token)), as: .init("me"))
        return try answer.decode()
    }

    func secret() async throws -> String { try await context.credentials.get(Self.token).get().withText { $0 } }

    func identity(_ defect: Defect?) async throws -> Identity {
        switch defect {
        case nil, .secretInConfig: return named(try await account().id)
        case .urlAsIdentity: return named("https://tiny.test/" + (try await account().id))
        case .newIdentityEachTime: return named("\(try await account().id)-\(UUID())")
        case .anySecretAccepted: return named("someone")
        case .secretInAddress: return named(try await account([.init(name: "key", value: secret())]).id)
        case .refusalHidden:
            guard let account = try? await account() else {
                throw Problem("unlucky", .retryable, "Tiny could not be reached.")
            }
            return named(account.id)
        case .refusalWithoutName:
            do { return named(try await account().id) } catch let problem as Problem {
                throw Problem(problem.code, problem.kind, "It did not work.", field: problem.field)
            }
        }
    }

    private func named(_ id: String) -> Identity {
        Identity(id: id, label: id.isEmpty ? "?" : "Account \(id.suffix(4))")
    }
}

/// A connector as small as it can be, and wrong as asked.
func tiny(_ defect: Defect? = nil, roots: [any Entity.Type] = [TinyNote.self]) -> any Connector {
    let notes = Loader<Void>(
        "notes", of: TinyNote.self, provides: ["text"],
        .entity { id, _ in
            Record(TinyNote.self, id: id, ["text": "a note"])
        })
    let onboarding = OnboardingFlow<TinyConfig> {
        InputStep("Your Tiny") { Input(\.baseURL, "Address") }
        InputStep("Token") { Secret(TinyClient.token) }
        ValidationStep("Checking with Tiny") { draft, context in
            try await TinyClient(draft: draft, context: context).identity(defect)
        }
        CustomStep("Remarks", provides: ["remark"]) { draft, context in
            guard defect == .secretInConfig else { return ["remark": "none"] }
            return ["remark": .string(try await TinyClient(draft: draft, context: context).secret())]
        }
    }
    let def = ConnectorDef(
        name: "tiny", displayName: "Tiny", description: "Notes", icon: "<svg xmlns=\"http://www.w3.org/2000/svg\"/>",
        version: "1.0.0", collects: ["notes"], egress: .configured(field: "baseURL"),
        schema: ConnectorSchema(namespace: "tiny", entities: [TinyNote.self], roots: roots),
        onboarding: onboarding, seeder: Seeder { _ in SyncPlan(root: Ref(TinyNote.self, "1"), stages: []) },
        resolvers: [Resolver(TinyNote.self, notes)])
    return ConnectorModule(def) { _, _, _ in Installation(context: ()) }
}

/// The suite of a connector against a double of Tiny.
func suite(of connector: any Connector, without missing: ProviderFault? = nil) -> SetupConformance {
    SetupConformance(of: connector) { play in
        let (dana, erin) = ("tiny_q7wz3kf9x2mv8b4t6n1r", "tiny_h5j8d2s7c4g9p3l6y1ua")
        let double = ProviderDouble(keys: [dana, erin]) { request in
            request.path == "/me" ? .json(["id": request.key == dana ? "u-1001" : "u-2002"]) : .notFound
        }
        try await double.serve { provider in
            try await play(
                ProviderScript(
                    answers: ["baseURL": .string(provider.url)], secret: "token", account: dana, another: erin,
                    faults: provider.faults.filter { $0.key != missing }))
        }
    }
}
