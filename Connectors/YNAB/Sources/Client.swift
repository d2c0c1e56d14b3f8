import Foundation
import MaxConnector
import MaxCore

/// YNAB's API, as far as it is needed here; it only reads.
struct YNABClient: Sendable {
    let baseURL: URL
    let token: CredentialHandle<SecretValue>
    let upstream: any Upstream

    /// The id of the person whose token it is.
    func user() async throws -> String {
        let me: Me = try await read(.user, get("user"))
        return me.user.id
    }

    /// Every budget the person has, the one that was changed last at first.
    func budgets() async throws -> [Budget] {
        let answer: Budgets = try await read(.budgets, get("plans"))
        return answer.plans.sorted { ($0.lastModifiedOn ?? "", $1.id) > ($1.lastModifiedOn ?? "", $0.id) }
    }

    /// The accounts of a budget.
    func accounts(of budget: String) async throws -> [Told<YNABAccount>] {
        let answer: Accounts = try await read(.accounts, get("plans/\(budget)/accounts"))
        return answer.accounts
    }

    /// Everything in a budget, or what changed in it since YNAB knew that much.
    ///
    /// - Throws: ``MaxCore/Problem/cursorExpired`` when YNAB knows less than that now, as after a budget was restored.
    func export(of budget: String, since knowledge: Int64? = nil) async throws -> Export {
        var request = get("plans/\(budget)")
        request.maximumBody = Self.largestExport
        if let knowledge {
            request.url.append(queryItems: [URLQueryItem(name: "last_knowledge_of_server", value: "\(knowledge)")])
        }
        let contents: Contents = try await read(knowledge == nil ? .export : .changes, request)
        if let knowledge, contents.knowledge < knowledge { throw Problem.cursorExpired }
        return Export(contents, of: budget)
    }

    /// The largest export to take, in bytes: far more than decades of bookkeeping.
    private static let largestExport = 256 << 20

    private func get(_ path: String) -> UpstreamRequest {
        UpstreamRequest.get(baseURL / path).bearer(token).confirmingRefusals(at: baseURL / "user")
            .readingRefusals { answer in
                guard answer.header("Retry-After") == nil else { return nil }
                let told: Envelope<Nothing>? = try? answer.decode()
                return told?.error?.problem
            }
    }

    private func read<Content: Decodable>(
        _ operation: UpstreamOperation, _ request: UpstreamRequest
    ) async throws -> Content {
        let answer: Envelope<Content> = try await upstream.send(request, as: operation).decode()
        guard let content = answer.data else { throw answer.error?.problem(of: token) ?? .notUnderstood }
        return content
    }
}

extension YNABClient {
    /// Creates the client of a setup.
    ///
    /// - Throws: When the address was not answered yet.
    init(_ draft: Draft<YNABConfig>, _ context: SetupContext) throws {
        self.init(
            baseURL: try draft.baseURL, token: context.credentials.get(YNABCredentials.token),
            upstream: context.upstream)
    }
}

extension Problem {
    /// An answer that is neither data nor a refusal of YNAB's.
    fileprivate static let notUnderstood = Problem(
        "answer_not_understood", .retryable, "YNAB's answer was not in the form that was expected.", rung: .answer,
        fix: .action("Check the address; if it is right, try again in a few minutes."))
}

extension UpstreamOperation {
    static let user = UpstreamOperation("user", concurrency: 2)
    static let budgets = UpstreamOperation("plans.list", concurrency: 2)
    static let accounts = UpstreamOperation("accounts.list", concurrency: 2)
    static let export = UpstreamOperation("plans.export", concurrency: 2)
    static let changes = UpstreamOperation("plans.changes", concurrency: 4)
}
