internal import Foundation
internal import MaxHub

/// The audit of this process. The first opening of each kind is durable before the secret is released; later ones of
/// the same kind are counted and written together.
actor AuditBook {
    /// How many openings are counted at most before they are written.
    static let mostCounted = 256
    /// How old a count may become before the next opening writes it, in seconds.
    static let oldestCount: TimeInterval = 1
    /// How many kinds of opening are remembered.
    static let mostKinds = 4096

    private let rows: any SecretRows
    private let surroundings: Surroundings
    private var written: Set<SecretAccess> = []
    private var counts: [SecretAccess: Int] = [:]
    private var countedSince: Date?

    init(rows: any SecretRows, surroundings: Surroundings) {
        self.rows = rows
        self.surroundings = surroundings
    }

    /// Notes that a secret is about to be released.
    func open(_ access: SecretAccess) async throws {
        guard written.contains(access) else {
            try await write(.open, access)
            if written.count >= Self.mostKinds { written = [] }
            written.insert(access)
            return
        }
        counts[access, default: 0] += 1
        let since = countedSince ?? surroundings.now()
        countedSince = since
        let isDue = surroundings.now().timeIntervalSince(since) >= Self.oldestCount
        if isDue || counts.values.reduce(0, +) >= Self.mostCounted { try await flush() }
    }

    /// Writes what is only counted so far.
    func flush() async throws {
        let due = counts
        guard !due.isEmpty else { return }
        counts = [:]
        countedSince = nil
        do {
            try await rows.audit(due.map { line(.open, $0.key, count: $0.value) })
        } catch {
            counts.merge(due, uniquingKeysWith: +)
            countedSince = countedSince ?? surroundings.now()
            throw error
        }
    }

    /// Writes one line now.
    func write(_ action: AuditEntry.Action, _ access: SecretAccess) async throws {
        try await rows.audit([line(action, access)])
    }

    /// Writes that a connection's secrets, or with nil the master key, are about to be put under a new key.
    func writeRotation(of connection: ConnectionID?, secrets: Int) async throws {
        let line = AuditEntry(
            at: surroundings.now(), action: .rotate, connection: connection, field: nil, purpose: "rotation",
            count: max(1, secrets))
        try await rows.audit([line])
    }

    /// The line that tells of something that is about to happen to a secret.
    nonisolated func line(_ action: AuditEntry.Action, _ access: SecretAccess, count: Int = 1) -> AuditEntry {
        AuditEntry(
            at: surroundings.now(), action: action, connection: access.connection, field: access.field,
            purpose: access.purpose, count: count)
    }
}

/// Which secret is touched, and what for.
struct SecretAccess: Sendable, Hashable {
    let connection: ConnectionID
    let field: String
    let purpose: String
}
