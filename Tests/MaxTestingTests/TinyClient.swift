import Foundation
import MaxConnector
import MaxCore

struct TinyClient: Sendable {
    static let token = Credential.string("token", label: "Token", pattern: Pattern("tiny_[a-z0-9_]+"))
    let baseURL: URL
    let token: CredentialHandle<SecretValue>
    let upstream: any Upstream

    private let believesEveryRefusal: Bool

    init(
        _ baseURL: URL, _ credentials: CredentialProvider, _ upstream: any Upstream, believesEveryRefusal: Bool = false
    ) {
        self.baseURL = baseURL
        self.believesEveryRefusal = believesEveryRefusal
        token = credentials.get(Self.token)
        self.upstream = upstream
    }

    struct Account: Decodable { let id: String }

    func account(_ query: [URLQueryItem] = []) async throws -> Account { try await get("me", query).decode() }

    func get(_ path: String, _ query: [URLQueryItem] = []) async throws -> UpstreamResponse {
        let url = query.isEmpty ? baseURL / path : (baseURL / path).appending(queryItems: query)
        let request = UpstreamRequest.get(url).bearer(token)
        return try await upstream.send(
            believesEveryRefusal ? request : request.confirmingRefusals(at: baseURL / "me"), as: .init(path))
    }

    func secret() async throws -> String { try await token.get().withText { $0 } }

    func identity(_ defect: Defect?) async throws -> Identity {
        switch defect {
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
        default: return named(try await account().id)
        }
    }

    private func named(_ id: String) -> Identity {
        Identity(id: id, label: id.isEmpty ? "?" : "Account \(id.suffix(4))")
    }
}
