import SandboxKit

/// One step in a task's history.
struct HistoryEntry: Sendable {
    let at: Timestamp
    let actor: Int?
    /// `created` or the name of the field that changed.
    let field: String
    let from: JSONValue
    let to: JSONValue

    func write(to json: inout JSONWriter, in world: World) {
        json.object {
            $0.field("at", at.text)
            $0.field("actor_id", JSONValue(actor.map { world.ids.id(.user, $0) }))
            $0.field("field", field)
            $0.field("from", from)
            $0.field("to", to)
        }
    }

    /// Computes what happened to a task before the world began: its creation and its way to the status it has.
    static func beginnings(of task: AcmeTask, in world: World) -> [HistoryEntry] {
        let base = AcmeTask(task.index, in: world)
        var dice = world.dice(.history, task.index)
        var entries = [HistoryEntry(at: base.createdAt, actor: base.assignee, field: "created", from: .null, to: .null)]
        let way: [AcmeTask.Status] =
            switch base.status {
            case .todo: [.todo]
            case .doing: [.todo, .doing]
            case .done: dice.onceIn(4) ? [.todo, .doing, .todo, .doing, .done] : [.todo, .doing, .done]
            }
        let span = base.updatedAt.seconds - base.createdAt.seconds
        for (step, (from, to)) in zip(way, way.dropFirst()).enumerated() {
            let at = Timestamp(base.createdAt.seconds + span * (step + 1) / max(way.count - 1, 1))
            let (from, to) = (JSONValue.string(from.rawValue), JSONValue.string(to.rawValue))
            entries.append(HistoryEntry(at: at, actor: base.assignee, field: "status", from: from, to: to))
        }
        return entries
    }
}
