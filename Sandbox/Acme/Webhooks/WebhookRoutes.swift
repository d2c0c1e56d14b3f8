import HTTPTypes
import Hummingbird
import SandboxKit

/// The routes that register, list and remove webhooks.
struct WebhookRoutes: Sendable {
    let writer: TenantWriter

    private static let most = 20

    func add(to group: RouterGroup<APIContext>) {
        group.get("webhooks") { _, context in try list(context) }
        group.post("webhooks") { request, context in try await register(request, context) }
        group.delete("webhooks/:id") { _, context in try await remove(context) }
    }

    private struct Registration: Decodable {
        let url: String
        let secret: String
    }

    private func list(_ context: APIContext) throws(APIProblem) -> Response {
        let admission = try context.admitted()
        try admission.access.require(.manageWebhooks)
        var json = JSONWriter()
        json.object {
            $0.member("items") {
                $0.array { json in for webhook in admission.tenant.webhooks { webhook.write(to: &json) } }
            }
        }
        return Response(json: json)
    }

    private func register(_ request: Request, _ context: APIContext) async throws -> Response {
        let access = try context.admitted().access
        try access.require(.manageWebhooks)
        let registration = try await request.json(Registration.self, context)
        guard let target = WebhookTarget(registration.url) else {
            throw FieldProblem(field: "url", reason: "must be an http address on this machine")
        }
        guard (8...200).contains(registration.secret.count) else {
            throw FieldProblem(field: "secret", reason: "must have 8 to 200 characters")
        }
        let id = "whk_" + Hex.text(UInt64.random(in: 0...UInt64.max), digits: 10)
        let webhook = Webhook(id: id, target: target, secret: registration.secret)
        try await writer.commit(by: access.user) { tenant, _ in
            guard tenant.webhooks.count < WebhookRoutes.most else {
                let message = "There can be \(WebhookRoutes.most) webhooks at most."
                throw APIProblem(status: .conflict, code: "too_many_webhooks", message: message)
            }
            return .webhookAdded(webhook)
        }
        var json = JSONWriter()
        webhook.write(to: &json)
        return Response(status: .created, json: json)
    }

    private func remove(_ context: APIContext) async throws -> Response {
        let access = try context.admitted().access
        try access.require(.manageWebhooks)
        let id = try context.path("id")
        try await writer.commit(by: access.user) { tenant, _ in
            guard tenant.webhooks.contains(where: { $0.id == id }) else {
                throw APIProblem(status: .notFound, code: "not_found", message: "There is no webhook \(id).")
            }
            return .webhookRemoved(id: id)
        }
        return Response(status: .noContent)
    }
}
