import MaxConnector
import MaxCore

/// What Acme answers, as records.
protocol AcmeRecord: Decodable, SendableMetatype {
    /// The entity's word in Acme's API.
    static var type: String { get }
    static var entity: any Entity.Type { get }
    var id: String { get }
    var record: Record { get }
    /// Where the lists of a workspace show it.
    func place(in workspace: Ref) -> SourcePage.Link
}

extension AcmeClient.Workspace {
    var record: Record {
        Record(
            AcmeWorkspace.self, id: id,
            ["name": .string(name), "createdAt": JSON(createdAt), "updatedAt": JSON(updatedAt)])
    }
}

extension AcmeClient.User: AcmeRecord {
    static let type = "user"
    static var entity: any Entity.Type { AcmeUser.self }
    func place(in workspace: Ref) -> SourcePage.Link { SourcePage.Link(workspace, "users", record.ref) }
    var record: Record {
        Record(
            AcmeUser.self, id: id,
            [
                "name": .string(name), "email": .string(email), "role": JSON(role), "createdAt": JSON(createdAt),
                "updatedAt": JSON(updatedAt),
            ])
    }
}

extension AcmeClient.Project: AcmeRecord {
    static let type = "project"
    static var entity: any Entity.Type { AcmeProject.self }
    func place(in workspace: Ref) -> SourcePage.Link { SourcePage.Link(workspace, "projects", record.ref) }
    var record: Record {
        Record(
            AcmeProject.self, id: id,
            [
                "name": .string(name), "description": JSON(description), "status": JSON(status),
                "owner": JSON(ownerID), "workspace": .string(workspaceID), "createdAt": JSON(createdAt),
                "updatedAt": JSON(updatedAt),
            ])
    }
}

extension AcmeClient.Task: AcmeRecord {
    static let type = "task"
    static var entity: any Entity.Type { AcmeTask.self }
    func place(in workspace: Ref) -> SourcePage.Link {
        SourcePage.Link(Ref(AcmeProject.self, projectID), "tasks", record.ref)
    }
    var record: Record {
        Record(
            AcmeTask.self, id: id,
            [
                "title": .string(title), "description": JSON(description), "status": .string(status),
                "priority": JSON(priority), "dueDate": JSON(dueDate), "estimate": estimate.map(JSON.number) ?? .null,
                "labels": labels.map { .array($0.map(JSON.string)) } ?? .null, "assignee": JSON(assigneeID),
                "project": .string(projectID), "createdAt": JSON(createdAt), "updatedAt": JSON(updatedAt),
            ])
    }
}
