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
        if try await connectionsUnderOlderKeys().isEmpty {
            try await rekey(Set(vault.rows.dataKeys().map(\.connection)))
        }
        report.removableKeys = try await retireOlderKeys()
        return report
    }

    /// Brings everything under the current key, then drops those before it that nothing needs.
    private mutating func finish(in file: VaultKeyFile) async throws {
        let retired = try await retireOlderKeys()
        guard !retired.isEmpty else { return }
        let kept = ring.older.filter { !retired.contains($0.id) }
        try await install(KeyRing(current: ring.current, older: kept), in: file)
        report.droppedKeys += retired
        progress(.droppedMasterKeys(retired))
    }

    /// Brings everything under the current key, then retires those before it that nothing needs.
    ///
    /// Whoever sealed under one of them meanwhile has either stored that before, and it is brought over in another
    /// round, or is refused by the store and seals anew.
    ///
    /// - Returns: The ids of the retired keys; none when others were faster every time.
    private mutating func retireOlderKeys() async throws -> [String] {
        for _ in 0..<Self.mostRounds {
            try await rekey(connectionsUnderOlderKeys())
            let used = try await Set(vault.rows.dataKeys().map(\.masterKey))
            let unused = ring.older.map(\.id).filter { !used.contains($0) }
            guard !unused.isEmpty else { return [] }
            let isProven = try await vault.rows.retire(masterKeys: Set(unused), at: vault.surroundings.now())
            if isProven { return unused }
        }
        return []
    }

    private func connectionsUnderOlderKeys() async throws -> Set<ConnectionID> {
        try await Set(vault.rows.dataKeys().filter { $0.masterKey != ring.current.id }.map(\.connection))
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
