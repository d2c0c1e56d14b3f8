import HTTPTypes
import Hummingbird
import NIOCore
import SandboxKit

/// The pages for people, outside the API and without a key.
struct PageRoutes: Sendable {
    let ledger: Ledger<TenantState>
    let writer: TenantWriter

    func add(to router: Router<APIContext>) {
        let pages = router.group()
            .add(middleware: OriginCheck(refusal: Page.refusal("This request came from another site.")))
        pages.get("/") { _, _ in try Page.home(ledger.current()).response() }
        pages.get(RouterPath(SettingsPage.path)) { _, _ in try SettingsPage.page(ledger.current()).response() }
        pages.get(RouterPath(PageStyle.path)) { _, _ in PageStyle.response() }
        pages.post(RouterPath(SettingsPage.path)) { request, context in try await create(request, context) }
        pages.post(RouterPath(SettingsPage.path + "/:id/revoke")) { _, context in try await revoke(context) }
    }

    private struct KeyForm: Decodable {
        let person: String
        let label: String
        let readOnly: String?

        enum CodingKeys: String, CodingKey {
            case person, label
            case readOnly = "read_only"
        }
    }

    private func create(_ request: Request, _ context: APIContext) async throws -> Response {
        guard let form = try? await URLEncodedFormDecoder().decode(KeyForm.self, from: request, context: context),
            (1...80).contains(form.label.count)
        else { return Page.refusal("Say in 1 to 80 characters what the key is for.").response(.badRequest) }
        var random = SystemRandomNumberGenerator()
        let key = AcmeKey.text(random.next(), random.next())
        let after = try await writer.commit(by: nil) { tenant, now in
            guard let user = tenant.find(User.self, form.person) else { return nil }
            let entry = KeyRing.Entry(
                id: "key_\(tenant.keys.entries.count + 1)", key: key, user: user.index, label: form.label,
                readOnly: form.readOnly != nil, createdAt: now)
            return .keyCreated(entry)
        }
        guard let entry = after.keys.entry(forKey: key) else {
            return Page.refusal("There is no such person.").response(.badRequest)
        }
        return .redirect(to: "\(SettingsPage.path)#\(entry.id)", type: .normal)
    }

    private func revoke(_ context: APIContext) async throws -> Response {
        let id = context.parameters.get("id") ?? ""
        let after = try await writer.commit(by: nil) { tenant, _ in
            tenant.keys.entry(id: id)?.revoked == false ? .keyRevoked(id: id) : nil
        }
        guard after.keys.entry(id: id) != nil else { return Page.refusal("There is no such key.").response(.notFound) }
        return .redirect(to: SettingsPage.path, type: .normal)
    }
}
