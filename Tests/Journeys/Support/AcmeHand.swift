import AcmeSandbox
import Foundation
import FoundationNetworking
import MaxCore
import Testing

/// Somebody who works in Acme itself, beside Max.
struct AcmeHand: Sendable {
    let acme: AcmeAddress

    init(_ acme: AcmeAddress) { self.acme = acme }

    /// The answer to a call, below `/api/v1`.
    @discardableResult
    func send(_ method: String, _ path: String, _ body: JSON? = nil) async throws -> JSON? {
        var request = URLRequest(url: try #require(URL(string: "\(acme.url)/api/v1/\(path)")))
        request.httpMethod = method
        request.setValue("Bearer \(acme.key)", forHTTPHeaderField: "Authorization")
        if let body {
            request.httpBody = Data(body.text.utf8)
            request.setValue("application/json", forHTTPHeaderField: "Content-Type")
        }
        let (data, response) = try await URLSession.shared.data(for: request)
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        try #require((200..<300).contains(status), "\(method) \(path): \(status)")
        return data.isEmpty ? nil : try JSON(parsing: data)
    }

    /// Adds a task to a project, and gives its id.
    func addTask(_ title: String, to project: String) async throws -> String {
        let task = try await send("POST", "projects/\(project)/tasks", ["title": .string(title), "status": "todo"])
        return try #require(task?["id"]?.string)
    }
}
