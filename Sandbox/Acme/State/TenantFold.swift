import SandboxKit

// Applying the journal, line by line, to the state. Every process that reads the same lines gets the same state.

extension TenantState {
    /// Applies one line; a line that does not fit the state changes nothing.
    mutating func apply(_ entry: JournalEntry) {
        switch entry.event {
        case .created(let kind, _, let parent, let fields): create(kind, under: parent, fields, entry)
        case .changed(let kind, let index, let fields): change(kind, index, fields, entry)
        case .deleted(let kind, let index, _): delete(kind, index, entry)
        case .keyCreated(let key): keys.add(key)
        case .keyRevoked(let id): keys.revoke(id: id)
        case .keyUsed(let key): keys.use(key)
        case .webhookAdded(let webhook): webhooks.append(webhook)
        case .webhookRemoved(let id): webhooks.removeAll { $0.id == id }
        }
    }

    /// Builds a new thing from the fields given, in the order of their names.
    func draft<Item: MutableEntity>(
        _: Item.Type, under parent: Int, _ fields: [String: JSONValue], at moment: Timestamp
    ) throws(FieldProblem) -> Item {
        let item = Item(new: self[keyPath: Item.shelf].next, under: parent, at: moment)
        for field in Item.requiredFields where fields[field] == nil {
            throw FieldProblem(field: field, reason: "must be given")
        }
        return try revised(item, fields, at: moment)
    }

    /// Sets fields of a thing; one that was changed is also marked as changed now.
    func revised<Item: MutableEntity>(
        _ item: Item, _ fields: [String: JSONValue], at moment: Timestamp
    ) throws(FieldProblem) -> Item {
        var revised = item
        for (field, value) in fields.sorted(by: { $0.key < $1.key }) { try revised.set(field, to: value, in: self) }
        if revised != item { revised.updatedAt = max(item.updatedAt, moment) }
        return revised
    }

    private mutating func create(
        _ kind: EntityKind, under parent: Int, _ fields: [String: JSONValue], _ entry: JournalEntry
    ) {
        switch kind {
        case .user: write(try? draft(User.self, under: parent, fields, at: entry.at), over: nil, entry)
        case .project: write(try? draft(Project.self, under: parent, fields, at: entry.at), over: nil, entry)
        case .task: write(try? draft(AcmeTask.self, under: parent, fields, at: entry.at), over: nil, entry)
        case .workspace, .file: break
        }
    }

    mutating func change(
        _ kind: EntityKind, _ index: Int, _ fields: [String: JSONValue], _ entry: JournalEntry
    ) {
        switch kind {
        case .user: change(users.item(index, in: world), fields, entry)
        case .project: change(projects.item(index, in: world), fields, entry)
        case .task: change(tasks.item(index, in: world), fields, entry)
        case .workspace, .file: break
        }
    }

    private mutating func change<Item: MutableEntity>(
        _ item: Item?, _ fields: [String: JSONValue], _ entry: JournalEntry
    ) {
        guard let item else { return }
        write(try? revised(item, fields, at: entry.at), over: item, entry)
    }

    private mutating func write<Item: MutableEntity>(_ item: Item?, over old: Item?, _ entry: JournalEntry) {
        guard let item else { return }
        self[keyPath: Item.shelf].write(item, sequence: sequence + 1)
        record(item, .upsert, entry)
        if Item.kind == .task { rememberSteps(from: old, to: item, entry) }
    }

    private mutating func rememberSteps<Item: Entity>(from old: Item?, to new: Item, _ entry: JournalEntry) {
        let step = { (field: String, from: JSONValue, to: JSONValue) in
            HistoryEntry(at: entry.at, actor: entry.actor, field: field, from: from, to: to)
        }
        guard let old else { return remember(step("created", .null, .null), of: new.index) }
        for (before, after) in zip(old.fields(in: world), new.fields(in: world))
        where before != after && after.name != "updated_at" {
            remember(step(after.name, before.value, after.value), of: new.index)
        }
    }
}
