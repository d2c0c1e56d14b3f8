import SandboxKit

/// A project of a workspace.
struct Project: MutableEntity {
    static let kind = EntityKind.project
    static var shelf: WritableKeyPath<TenantState, Shelf<Project>> { \.projects }
    static let requiredFields = ["name"]

    enum Status: String, CaseIterable { case active, paused, archived }

    let index: Int
    let workspace: Int
    var name: String
    var description: String
    var status: Status
    var owner: Int?
    let createdAt: Timestamp
    var updatedAt: Timestamp

    var parent: Int { workspace }

    static func count(in world: World) -> Int { world.size.projects }
    static func places(under parent: Int, in world: World) -> Range<Int> { world.projectsOfWorkspaces.run(of: parent) }

    init(_ index: Int, in world: World) {
        var dice = world.dice(.project, index)
        self.index = index
        workspace = world.projectsOfWorkspaces.parent(of: index)
        name = dice.pick(WordList.ventures) + (index < WordList.ventures.count ? "" : " \(index + 1)")
        description = dice.onceIn(3) ? "" : dice.pick(WordList.sentences)
        status = dice.onceIn(6) ? .archived : dice.onceIn(6) ? .paused : .active
        let people = world.usersOfWorkspaces.run(of: workspace)
        owner = people.isEmpty ? nil : people.lowerBound + dice.below(people.count)
        createdAt = Timestamp(Timestamp.worldEpoch.seconds - (100 + dice.below(300)) * Timestamp.day)
        updatedAt = Timestamp(createdAt.seconds + dice.below(100 * Timestamp.day))
    }

    init(new index: Int, under workspace: Int, at moment: Timestamp) {
        self.index = index
        self.workspace = workspace
        (name, description, status, owner, createdAt, updatedAt) = ("", "", .active, nil, moment, moment)
    }

    mutating func set(_ field: String, to value: JSONValue, in tenant: TenantState) throws(FieldProblem) {
        let reading = FieldReading(field, value)
        switch field {
        case "name": name = try reading.text()
        case "description": description = try reading.text(limit: 10_000, mayBeEmpty: true)
        case "status": status = try reading.choice(Status.self)
        case "owner_id": owner = reading.isNull ? nil : try reading.user(of: workspace, in: tenant)
        default: throw reading.problem("cannot be set")
        }
    }

    func workspace(in tenant: TenantState) -> Int { workspace }

    func fields(in world: World) -> [JSONField] {
        [
            JSONField("id", id(in: world)), JSONField("name", name), JSONField("description", description),
            JSONField("status", status.rawValue),
            JSONField("owner_id", JSONValue(owner.map { world.ids.id(.user, $0) })),
            JSONField("workspace_id", world.ids.id(.workspace, workspace)),
            JSONField("created_at", createdAt), JSONField("updated_at", updatedAt),
        ]
    }
}
