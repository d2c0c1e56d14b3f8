package import Foundation
internal import MaxConnector
internal import MaxCore
package import MaxHub

extension MemoryStore: ConnectionRows {
    package func connections() async throws -> [Connection] {
        read { $0.connections.sorted { $0.createdAt < $1.createdAt } }
    }

    package func connection(_ id: ConnectionID) async throws -> Connection? {
        read { $0.connections.first { $0.id == id } }
    }

    package func connection(slug: String) async throws -> Connection? {
        read { $0.connections.first { $0.slug == slug } }
    }

    package func connection(connector: String, account: String, isSandbox: Bool) async throws -> Connection? {
        read {
            $0.connections.first {
                $0.connector == connector && $0.identity?.id == account && $0.isSandbox == isSandbox
            }
        }
    }

    package func rename(_ id: ConnectionID, label: String?, slug: String?) async throws {
        try write { rows in
            try rows.change(id) { connection in
                connection.label = label ?? connection.label
                connection.slug = slug ?? connection.slug
            }
        }
    }

    package func revoke(_ id: ConnectionID, at time: Date) async throws {
        try write { rows in
            try rows.change(id) { $0.state = .revoked }
            rows.clear(id, erasing: false)
        }
    }

    package func erase(_ id: ConnectionID, at time: Date) async throws {
        try write { $0.clear(id, erasing: true) }
    }
}

extension MemoryRows {
    fileprivate mutating func change(_ id: ConnectionID, _ edit: (inout Connection) -> Void) throws {
        guard var connection = connections.first(where: { $0.id == id }) else { throw MaxError.connectionNotFound(id) }
        edit(&connection)
        try put(connection)
    }
}
