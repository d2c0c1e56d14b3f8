import SandboxKit

/// The keys of a tenant and how often the counted ones were used.
struct KeyRing: Sendable {
    /// A key somebody holds.
    struct Entry: Sendable, Codable, Hashable {
        let id: String
        let key: String
        let user: Int
        let label: String
        let readOnly: Bool
        let createdAt: Timestamp
        var revoked = false
    }

    private(set) var entries: [Entry]
    private var positions: [String: Int]
    private var uses: [String: Int] = [:]

    /// The good calls before the fault of a counted key.
    static let goodCalls = 5

    init(in world: World) {
        entries = [World.dana, World.erin].map { user in
            Entry(
                id: "key_\(user + 1)", key: world.firstKey(of: user), user: user, label: "First key", readOnly: false,
                createdAt: Timestamp.worldEpoch)
        }
        positions = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.key, $0) })
    }

    func entry(forKey key: String) -> Entry? { positions[key].map { entries[$0] } }
    func entry(id: String) -> Entry? { entries.first { $0.id == id } }
    /// Counts the recorded uses of a fault key.
    func uses(of key: String) -> Int { uses[key] ?? 0 }

    mutating func add(_ entry: Entry) {
        positions[entry.key] = entries.count
        entries.append(entry)
    }

    mutating func revoke(id: String) {
        guard let position = entries.firstIndex(where: { $0.id == id }) else { return }
        entries[position].revoked = true
    }

    mutating func use(_ key: String) { uses[key, default: 0] += 1 }
}
