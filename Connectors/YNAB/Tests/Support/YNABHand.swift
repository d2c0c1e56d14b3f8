import Foundation
import MaxConnector
import MaxCore
import MaxHTTP
import MaxHub
import YNABSandbox

@testable import YNABConnector

/// Somebody with a YNAB: reads as the connector does, and adds, edits and deletes as people do there.
struct YNABHand: Sendable {
    let context: YNABContext

    /// Runs `body` with the holder of a token.
    static func work<Result>(
        at provider: YNABAddress, token: String, _ body: (YNABHand) async throws -> Result
    ) async throws -> Result {
        let outbound = Outbound(limits: .patient)
        do {
            let result = try await body(YNABHand(at: provider, token: token, through: outbound))
            await outbound.shutdown()
            return result
        } catch {
            await outbound.shutdown()
            throw error
        }
    }

    private init(at provider: YNABAddress, token: String, through outbound: Outbound) throws {
        guard let url = URL(string: provider.url) else { throw URLError(.badURL) }
        let route = UpstreamRoute(
            connector: ynab.about, hosts: nil, allowedPrivateHosts: ["\(provider.host):\(provider.port)"])
        let handle = CredentialHandle(name: "access_token", label: "Personal access token") { SecretValue(token) }
        context = YNABContext(YNABClient(baseURL: url, token: handle, upstream: outbound.upstream(route)))
    }

    /// The budget that was changed last.
    var budget: String {
        get async throws {
            guard let budget = try await context.client.budgets().first else { throw NothingThere() }
            return budget.id
        }
    }

    /// Everything in a list of a budget.
    func records(_ part: Export.Part, of budget: String) async throws -> [Record] {
        guard case .collection(_, let load) = YNABLoaders.list(part).shape else { return [] }
        var (records, cursor): ([Record], String?) = ([], nil)
        repeat {
            let page = try await load(budget, cursor, context)
            records += page.items
            cursor = page.next
        } while cursor != nil
        return records
    }

    /// What changed in a budget.
    func changes(of budget: String, since cursor: String? = nil) async throws -> SourcePage {
        guard case .source(let load) = YNABLoaders.changes.shape else { return SourcePage(records: []) }
        return try await load(budget, cursor, context)
    }

    /// Enters a transaction and returns its id.
    func add(_ fields: JSON, to budget: String) async throws -> String {
        let answer: JSON = try await send(
            .post(url("plans/\(budget)/transactions"), json: ["transaction": fields])
        ).decode()
        return answer["data"]?["transaction"]?["id"]?.string ?? ""
    }

    /// Edits a transaction.
    func edit(_ transaction: String, of budget: String, _ fields: JSON) async throws {
        var request = UpstreamRequest.post(
            url("plans/\(budget)/transactions/\(transaction)"), json: ["transaction": fields])
        request.method = .put
        _ = try await send(request)
    }

    /// Renames a payee.
    func rename(_ payee: String, of budget: String, to name: String) async throws {
        var request = UpstreamRequest.post(
            url("plans/\(budget)/payees/\(payee)"), json: ["payee": ["name": .string(name)]])
        request.method = .patch
        _ = try await send(request)
    }

    /// Deletes a transaction.
    func delete(_ transaction: String, of budget: String) async throws {
        _ = try await send(UpstreamRequest(.delete, url("plans/\(budget)/transactions/\(transaction)")))
    }

    private func send(_ request: UpstreamRequest) async throws -> UpstreamResponse {
        try await context.client.upstream.send(request.bearer(context.client.token), as: UpstreamOperation("hand"))
    }

    private func url(_ path: String) -> URL { context.client.baseURL / path }
}

/// A list that a test relies on is empty.
struct NothingThere: Error {}
