import MaxConnector
import MaxCore

/// The tenant, from which everything is reached.
enum AcmeRoot: Entity {
    static let definition = EntityDef("AcmeRoot") {
        Field.collection("workspaces", of: AcmeWorkspace.self)
    }
}

/// A team's part of the tenant.
enum AcmeWorkspace: Entity {
    static let definition = EntityDef("AcmeWorkspace") {
        Field.string("name", .title)
        Field.date("createdAt", .optional)
        Field.date("updatedAt", .optional)
        Field.collection("users", of: AcmeUser.self)
        Field.collection("projects", of: AcmeProject.self)
    }
}

/// A person in a workspace.
enum AcmeUser: Entity {
    static let definition = EntityDef("AcmeUser") {
        Field.string("name", .title)
        Field.string("email", .indexed)
        Field.string("role", .indexed, .optional)
        Field.date("createdAt", .optional)
        Field.date("updatedAt", .optional)
    }
}

/// A project of a workspace.
enum AcmeProject: Entity {
    static let definition = EntityDef("AcmeProject") {
        Field.string("name", .title)
        Field.string("description", .text, .optional)
        Field.string("status", .indexed, .optional)
        Field.ref("owner", to: AcmeUser.self, .optional)
        Field.ref("workspace", to: AcmeWorkspace.self)
        Field.date("createdAt", .optional)
        Field.date("updatedAt", .optional)
        Field.collection("tasks", of: AcmeTask.self)
    }
}

/// A task of a project.
enum AcmeTask: Entity {
    static let definition = EntityDef("AcmeTask") {
        Field.string("title", .title)
        Field.string("description", .text, .optional)
        Field.string("status", .indexed)
        Field.string("priority", .indexed, .optional)
        Field.date("dueDate", .optional)
        Field.decimal("estimate", .optional)
        Field.json("labels", .optional)
        Field.ref("assignee", to: AcmeUser.self, .optional)
        Field.ref("project", to: AcmeProject.self)
        Field.date("createdAt", .optional)
        Field.date("updatedAt", .optional)
    }
}
