import Foundation
import MaxConnector
import MaxCore

/// The calls to Sample.
///
/// The platform opens the token for each request, keeps the limits and retries.
struct SampleClient: Sendable {
    let baseURL: URL
    let token: CredentialHandle<SecretValue>
    let upstream: any Upstream

    /// Asks whose account the token opens.
    func me() async throws -> Account { try await get(baseURL / "me", as: .me) }

    /// Reads the items, a page at a time.
    func items(from cursor: String?) async throws -> ItemPage {
        let page = cursor.map { [URLQueryItem(name: "cursor", value: $0)] } ?? []
        return try await get((baseURL / "items").appending(queryItems: page), as: .items)
    }

    private func get<Answer: Decodable>(_ url: URL, as operation: UpstreamOperation) async throws -> Answer {
        let request = UpstreamRequest.get(url).bearer(token).confirmingRefusals(at: baseURL / "me")
        return try await upstream.send(request.revalidating(), as: operation).decode()
    }
}

extension UpstreamOperation {
    fileprivate static let me = Self("me")
    fileprivate static let items = Self("items.list", concurrency: 4)
}

// What Sample answers.

extension SampleClient {
    struct Account: Decodable {
        let id: String
        let name: String
    }

    struct Item: Decodable {
        let id: String
        let title: String
        let status: String
        let updatedAt: String?
    }

    struct ItemPage: Decodable {
        let items: [Item]
        let next: String?
    }
}
