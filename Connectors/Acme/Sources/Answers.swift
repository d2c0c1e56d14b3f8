import Foundation
import MaxConnector
import MaxCore

extension AcmeClient {
    /// A page of a list.
    struct List<Item: Decodable>: Decodable {
        let items: [Item]
        let nextCursor: String?
        let total: Int?

        enum CodingKeys: String, CodingKey {
            case items, total
            case nextCursor = "next_cursor"
        }
    }

    /// The answer to a batch request.
    struct Found<Item: Decodable>: Decodable {
        let items: [Item]
        let missing: [String]
    }

    /// A page of the change feed, the oldest change first.
    struct Changes: Decodable {
        let changes: [Change]
        let nextCursor: String
        let hasMore: Bool

        enum CodingKeys: String, CodingKey {
            case changes
            case nextCursor = "next_cursor"
            case hasMore = "has_more"
        }
    }

    /// One thing that was written or deleted.
    struct Change: Decodable {
        /// Its address; nil for a kind that is not collected.
        let ref: Ref?
        /// What it was then; nil when it was deleted.
        let item: (any AcmeRecord)?

        enum CodingKeys: String, CodingKey { case type, id, op, item }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let type = try container.decode(String.self, forKey: .type)
            let kinds: [any AcmeRecord.Type] = [User.self, Project.self, Task.self]
            let kind = kinds.first { $0.type == type }
            let id = try container.decode(String.self, forKey: .id)
            let isDeleted = try container.decode(String.self, forKey: .op) == "delete"
            ref = kind.map { Ref($0.entity, id) }
            item = try isDeleted ? nil : kind.map { try container.decode($0, forKey: .item) }
        }
    }

    /// The person a token belongs to.
    struct Me: Decodable {
        let id: String
        let email: String
        let tenant: Tenant
        let scopes: [String]
        let token: Token

        struct Tenant: Decodable { let id: String }
        struct Token: Decodable {
            let expiresAt: Date?
            enum CodingKeys: String, CodingKey { case expiresAt = "expires_at" }
        }

        /// Refuses a token that may not read what is collected.
        ///
        /// - Throws: ``MaxCore/Problem`` that names what it lacks.
        func requireScopes() throws(Problem) {
            let lacking = AcmeScopes.needed.filter { !scopes.contains($0) }
            guard !lacking.isEmpty else { return }
            let words = lacking.joined(separator: ", ")
            throw Problem(
                "scope_missing", .auth, "Acme accepted this API token, but it lacks \(words).", rung: .permissions,
                fix: .action("Create one that has these permissions."))
        }
    }

    struct Workspace: Decodable {
        let id: String
        let name: String
        let createdAt: String?
        let updatedAt: String?

        enum CodingKeys: String, CodingKey {
            case id, name
            case createdAt = "created_at"
            case updatedAt = "updated_at"
        }
    }

    struct User: Decodable {
        let id: String
        let email: String
        let name: String
        let role: String?
        let createdAt: String?
        let updatedAt: String?

        enum CodingKeys: String, CodingKey {
            case id, email, name, role
            case createdAt = "created_at"
            case updatedAt = "updated_at"
        }
    }

    struct Project: Decodable {
        let id: String
        let name: String
        let description: String?
        let status: String?
        let ownerID: String?
        let workspaceID: String
        let createdAt: String?
        let updatedAt: String?

        enum CodingKeys: String, CodingKey {
            case id, name, description, status
            case ownerID = "owner_id"
            case workspaceID = "workspace_id"
            case createdAt = "created_at"
            case updatedAt = "updated_at"
        }
    }

    struct Task: Decodable {
        let id: String
        let title: String
        let description: String?
        let status: String
        let priority: String?
        let dueDate: String?
        let estimate: Double?
        let labels: [String]?
        let assigneeID: String?
        let projectID: String
        let createdAt: String?
        let updatedAt: String?

        enum CodingKeys: String, CodingKey {
            case id, title, description, status, priority, estimate, labels
            case dueDate = "due_date"
            case assigneeID = "assignee_id"
            case projectID = "project_id"
            case createdAt = "created_at"
            case updatedAt = "updated_at"
        }
    }
}
