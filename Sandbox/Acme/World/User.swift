import SandboxKit

/// A person in a workspace.
struct User: MutableEntity {
    static let kind = EntityKind.user
    static var shelf: WritableKeyPath<TenantState, Shelf<User>> { \.users }
    static let requiredFields = ["email", "name"]

    enum Role: String, CaseIterable { case owner, admin, member, guest }

    let index: Int
    let workspace: Int
    var email: String
    var name: String
    var role: Role
    let createdAt: Timestamp
    var updatedAt: Timestamp

    var parent: Int { workspace }

    static func count(in world: World) -> Int { world.size.users }
    static func places(under parent: Int, in world: World) -> Range<Int> { world.usersOfWorkspaces.run(of: parent) }

    init(_ index: Int, in world: World) {
        var dice = world.dice(.user, index)
        self.index = index
        workspace = world.usersOfWorkspaces.parent(of: index)
        let first = dice.pick(WordList.firstNames)
        let last = dice.pick(WordList.lastNames)
        switch index {
        case World.dana: (name, email, role) = ("Dana Whitfield", "dana@acme.test", .owner)
        case World.erin: (name, email, role) = ("Erin Sørensen", "erin@acme.test", .admin)
        default:
            name = first.name + " " + last.name
            email = "\(first.ascii).\(last.ascii).\(index)@acme.test"
            role = dice.onceIn(8) ? .guest : dice.onceIn(10) ? .admin : .member
        }
        createdAt = Timestamp(Timestamp.worldEpoch.seconds - (200 + dice.below(500)) * Timestamp.day)
        updatedAt = Timestamp(createdAt.seconds + dice.below(190 * Timestamp.day))
    }

    init(new index: Int, under workspace: Int, at moment: Timestamp) {
        self.index = index
        self.workspace = workspace
        (email, name, role, createdAt, updatedAt) = ("", "", .member, moment, moment)
    }

    mutating func set(_ field: String, to value: JSONValue, in tenant: TenantState) throws(FieldProblem) {
        let reading = FieldReading(field, value)
        switch field {
        case "name": name = try reading.text()
        case "role": role = try reading.choice(Role.self)
        case "email":
            let address = try reading.text()
            guard address.contains("@") else { throw reading.problem("must be an e-mail address") }
            email = address
        default: throw reading.problem("cannot be set")
        }
    }

    func workspace(in tenant: TenantState) -> Int { workspace }

    func fields(in world: World) -> [JSONField] {
        [
            JSONField("id", id(in: world)), JSONField("email", email), JSONField("name", name),
            JSONField("role", role.rawValue), JSONField("workspace_id", world.ids.id(.workspace, workspace)),
            JSONField("created_at", createdAt), JSONField("updated_at", updatedAt),
        ]
    }
}
