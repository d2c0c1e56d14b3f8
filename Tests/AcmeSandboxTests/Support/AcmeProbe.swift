import BareClient
import SandboxKit

@testable import AcmeSandbox

/// A bare client of an Acme.
struct AcmeProbe {
    let acme: AcmeAddress
    var key: String?

    init(_ acme: AcmeAddress, key: String? = nil) {
        self.acme = acme
        self.key = key ?? acme.key
    }

    func get(_ path: String, _ headers: [String: String] = [:]) async throws -> Answer {
        try await send("GET", path, headers)
    }

    func post(_ path: String, _ body: String) async throws -> Answer { try await send("POST", path, body: body) }
    func patch(_ path: String, _ body: String) async throws -> Answer { try await send("PATCH", path, body: body) }
    func delete(_ path: String) async throws -> Answer { try await send("DELETE", path) }

    func send(
        _ method: String, _ path: String, _ headers: [String: String] = [:], body: String? = nil, most: Int = 8 << 20
    ) async throws -> Answer {
        try await BareClient(acme.port, key: key).send(method, path, headers, body: body, most: most)
    }

    /// Tells whether a request got no byte while five later ones, under the default key, were answered.
    func isSilent(_ path: String, while others: String) async throws -> Bool {
        let acme = acme
        return try await BareClient(acme.port, key: key).whileTaking(path, most: 0) {
            for _ in 1...5 { _ = try await AcmeProbe(acme).get(others) }
            return true
        } ?? false
    }
}

extension Answer {
    /// The code of a refusal.
    var code: String { get throws { try json["error"]["code"].text } }
    var items: [JSONValue] { get throws { try json["items"].list } }
}

extension JSONValue {
    var ids: [String] { list.map { $0["id"].text } }
}
