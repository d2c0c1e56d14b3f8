import SandboxKit

/// A task of a project.
struct AcmeTask: MutableEntity {
    static let kind = EntityKind.task
    static var shelf: WritableKeyPath<TenantState, Shelf<AcmeTask>> { \.tasks }
    static let requiredFields = ["title"]

    enum Status: String, CaseIterable { case todo, doing, done }
    enum Priority: String, CaseIterable { case low, normal, high }

    let index: Int
    let project: Int
    var title: String
    var description: String
    var status: Status
    var priority: Priority
    /// A calendar day as in `2026-01-05`.
    var dueDate: String?
    var assignee: Int?
    var labels: [String]
    /// Hours of work.
    var estimate: Int?
    /// Fields the tenant added for itself.
    var custom: [String: JSONValue]
    let createdAt: Timestamp
    var updatedAt: Timestamp

    var parent: Int { project }

    static func count(in world: World) -> Int { world.size.tasks }
    static func places(under parent: Int, in world: World) -> Range<Int> { world.tasksOfProjects.run(of: parent) }

    init(new index: Int, under project: Int, at moment: Timestamp) {
        self.index = index
        self.project = project
        (title, description, status, priority) = ("", "", .todo, .normal)
        (dueDate, assignee, labels, estimate, custom) = (nil, nil, [], nil, [:])
        (createdAt, updatedAt) = (moment, moment)
    }

    func workspace(in tenant: TenantState) -> Int { tenant.workspace(ofProject: project) }

    func fields(in world: World) -> [JSONField] {
        [
            JSONField("id", id(in: world)), JSONField("title", title), JSONField("description", description),
            JSONField("status", status.rawValue), JSONField("priority", priority.rawValue),
            JSONField("due_date", JSONValue(dueDate)),
            JSONField("assignee_id", JSONValue(assignee.map { world.ids.id(.user, $0) })),
            JSONField("project_id", world.ids.id(.project, project)),
            JSONField("labels", .array(labels.map(JSONValue.string))), JSONField("estimate", JSONValue(estimate)),
            JSONField("custom", .object(custom)),
            JSONField("created_at", createdAt), JSONField("updated_at", updatedAt),
        ]
    }
}

extension AcmeTask {
    init(_ index: Int, in world: World) {
        var dice = world.dice(.task, index)
        self.index = index
        project = world.tasksOfProjects.parent(of: index)
        title = dice.pick(WordList.verbs) + " " + dice.pick(WordList.things)
        description = (0..<dice.below(4)).map { _ in dice.pick(WordList.sentences) }.joined(separator: " ")
        status = Status.allCases[dice.below(3)]
        priority = dice.onceIn(4) ? .high : dice.onceIn(3) ? .low : .normal
        let due = Timestamp(Timestamp.worldEpoch.seconds + (dice.below(120) - 60) * Timestamp.day)
        dueDate = dice.onceIn(3) ? nil : due.dateText
        let people = world.usersOfWorkspaces.run(of: world.projectsOfWorkspaces.parent(of: project))
        assignee = people.isEmpty || dice.onceIn(5) ? nil : people.lowerBound + dice.below(people.count)
        labels = dice.onceIn(2) ? [] : [dice.pick(WordList.labels)]
        estimate = dice.onceIn(2) ? nil : 1 + dice.below(40)
        custom = ["sprint": .int(1 + dice.below(30)), "customer": .string(dice.pick(WordList.customers))]
        if dice.onceIn(6) { custom["blocked"] = .bool(true) }
        createdAt = Timestamp(Timestamp.worldEpoch.seconds - (30 + dice.below(70)) * Timestamp.day - dice.below(50_000))
        updatedAt = Timestamp(createdAt.seconds + dice.below(30 * Timestamp.day))
    }

    mutating func set(_ field: String, to value: JSONValue, in tenant: TenantState) throws(FieldProblem) {
        let reading = FieldReading(field, value)
        switch field {
        case "title": title = try reading.text()
        case "description": description = try reading.text(limit: 10_000, mayBeEmpty: true)
        case "status": status = try reading.choice(Status.self)
        case "priority": priority = try reading.choice(Priority.self)
        case "due_date": dueDate = reading.isNull ? nil : try reading.day()
        case "assignee_id": assignee = reading.isNull ? nil : try reading.user(of: workspace(in: tenant), in: tenant)
        case "labels": labels = try AcmeTask.labels(reading)
        case "estimate": estimate = reading.isNull ? nil : try reading.number(0...10_000)
        case "custom":
            guard case .object(let members) = value else { throw reading.problem("must be an object") }
            custom = members
        default: throw reading.problem("cannot be set")
        }
    }

    private static func labels(_ reading: FieldReading) throws(FieldProblem) -> [String] {
        guard case .array(let elements) = reading.value, elements.count <= 50 else {
            throw reading.problem("must be a list of at most 50 strings")
        }
        var labels: [String] = []
        for element in elements { labels.append(try FieldReading(reading.field, element).text(limit: 100)) }
        return labels
    }
}
