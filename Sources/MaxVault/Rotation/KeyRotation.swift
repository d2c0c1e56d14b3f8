internal import MaxCore
internal import MaxHub

/// One rotation under way.
struct KeyRotation {
    /// How often it looks again for data keys that were stored under an old master key while it worked.
    static let mostRounds = 5

    let vault: Vault
    let progress: @Sendable (RotationStep) -> Void
    private(set) var ring: KeyRing
    private(set) var report: RotationReport

    init(vault: Vault, ring: KeyRing, progress: @escaping @Sendable (RotationStep) -> Void) {
        self.vault = vault
        self.ring = ring
        self.progress = progress
        report = RotationReport(currentKey: ring.current.id)
    }

    mutating func run() async throws -> RotationReport {
        guard let file = vault.keyFile else { return try await runUnderGivenKeys() }
        if !ring.older.isEmpty {
            progress(.continuing)
            try await finish(in: file)
            report.isContinuation = report.isChange
            if report.isContinuation { return report }
        }
        let master = MasterKey.random()
        try await install(KeyRing(current: master, older: ring.all), in: file)
        report.currentKey = master.id
        progress(.madeMasterKey(master.id))
        try await vault.audit.writeRotation(of: nil, secrets: 0)
        try await finish(in: file)
        return report
    }

    /// Brings everything under the first of the keys that the owner gave; under a single one, replaces the data keys.
    private mutating func runUnderGivenKeys() async throws -> RotationReport {
        let outdated = try await connectionsUnderOlderKeys()
        let all = try await Set(vault.rows.dataKeys().map(\.connection))
        try await rekey(outdated.isEmpty ? all : outdated)
        let used = try await usedMasterKeys()
        report.removableKeys = ring.older.map(\.id).filter { !used.contains($0) }
        return report
    }

    /// Brings everything under the current key, then drops those before it that nothing needs.
    private mutating func finish(in file: VaultKeyFile) async throws {
        for _ in 0..<Self.mostRounds {
            try await rekey(connectionsUnderOlderKeys())
            guard try await dropUnusedKeys(in: file) else { return }
        }
    }

    /// - Returns: Whether there is more to do: another process stored a data key under one of them meanwhile.
    private mutating func dropUnusedKeys(in file: VaultKeyFile) async throws -> Bool {
        let (before, used) = (ring, try await usedMasterKeys())
        let unused = ring.older.filter { !used.contains($0.id) }
        guard !unused.isEmpty else { return false }
        try await install(KeyRing(current: ring.current, older: ring.older.filter { used.contains($0.id) }), in: file)
        let late = try await usedMasterKeys()
        guard unused.allSatisfy({ !late.contains($0.id) }) else {
            try await install(before, in: file)
            return true
        }
        report.droppedKeys += unused.map(\.id)
        progress(.droppedMasterKeys(unused.map(\.id)))
        return false
    }

    private func connectionsUnderOlderKeys() async throws -> Set<ConnectionID> {
        try await Set(vault.rows.dataKeys().filter { $0.masterKey != ring.current.id }.map(\.connection))
    }

    private func usedMasterKeys() async throws -> Set<String> {
        try await Set(vault.rows.dataKeys().map(\.masterKey))
    }

    private mutating func install(_ ring: KeyRing, in file: VaultKeyFile) async throws {
        try await BlockingWork.run { () throws in try file.replace(with: ring.all) }
        await vault.cabinet.adopt(ring)
        self.ring = ring
    }

    private mutating func rekey(_ connections: Set<ConnectionID>) async throws {
        for connection in connections.sorted(by: { $0.rawValue < $1.rawValue }) {
            switch try await ConnectionRekey(vault: vault, ring: ring, connection: connection).run() {
            case .done(let secrets):
                report.connections += 1
                report.secrets += secrets
                progress(.rekeyed(connection, secrets: secrets))
            case .skipped(let sentence):
                report.skipped[connection] = sentence
                progress(.skipped(connection, sentence))
            case .gone: break
            }
        }
    }
}
