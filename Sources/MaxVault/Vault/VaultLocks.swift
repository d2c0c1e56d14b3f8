package import MaxHub

extension Vault {
    package func lock() async -> VaultLock? {
        do {
            _ = try await cabinet.presentRing()
            return nil
        } catch let fault as KeyRingFault {
            return await lock(for: fault)
        } catch {
            return nil
        }
    }

    /// Why a connection's secrets cannot be read; nil when they can.
    package func lock(of connection: ConnectionID) async throws -> VaultLock? {
        let secrets = try await rows.secrets(of: connection).filter { $0.stage == .active }
        var missing: Set<String> = []
        for id in Set(secrets.map(\.dataKey)) {
            do {
                _ = try await cabinet.dataKey(id)
            } catch let fault as KeyRingFault {
                return await lock(for: fault)
            } catch let key as MissingKey {
                missing.insert(key.id)
            }
        }
        return missing.isEmpty ? nil : .missing(missing, from: source)
    }

    /// The connections whose secrets cannot be read, and why.
    package func locks() async throws -> [ConnectionID: VaultLock] {
        let ring = try? await cabinet.presentRing()
        let concerned = try await rows.dataKeys().filter { ring?[$0.masterKey] == nil }.map(\.connection)
        var locks: [ConnectionID: VaultLock] = [:]
        for connection in Set(concerned) { locks[connection] = try await lock(of: connection) }
        return locks
    }

    /// The lock a fault means: where no key is configured but one was used before, that one is missing.
    func lock(for fault: KeyRingFault) async -> VaultLock {
        let needed = fault.isAbsent ? Set((try? await rows.dataKeys().map(\.masterKey)) ?? []) : []
        guard needed.isEmpty else { return .missing(needed, from: source) }
        return VaultLock(missingKeys: [], sentence: "locked: \(fault.reason)", fix: fault.fix)
    }
}

extension VaultLock {
    /// The lock for master keys that are not at hand.
    static func missing(_ ids: Set<String>, from source: MasterKeySource) -> VaultLock {
        let ids = ids.sorted()
        let sentence =
            ids.count == 1
            ? "locked: key \(ids[0]) is missing"
            : "locked: keys \(ids.dropLast().joined(separator: ", ")) and \(ids.last ?? "") are missing"
        return VaultLock(missingKeys: ids, sentence: sentence, fix: source.fixForMissingKey)
    }
}
