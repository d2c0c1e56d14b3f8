internal import MaxCore
internal import MaxHub

extension Vault {
    /// How often a secret is looked for that is being replaced at the same time.
    static let mostTries = 5

    /// Opens a secret at the first of the stages that has one, and releases it once that is written down.
    func open(_ access: SecretAccess, stages: [SecretStage]) async throws -> SecretValue? {
        for _ in 0..<Self.mostTries {
            guard let sealed = try await find(access, stages: stages) else { return nil }
            let key = try await unlocked(access) { try await cabinet.dataKey(sealed.dataKey) }
            // Without its key it was sealed anew since it was read.
            guard let key else { continue }
            let secret = try await refusing(access) { try SecretSeal.open(sealed, with: key) }
            try await audit.open(access)
            return secret
        }
        return try await refusing(access) { throw MaxError.unreadableSecret(access.field) }
    }

    /// Stores a secret in place of an earlier one; a data key that vanished in between is replaced by the present one.
    func store(_ secret: SecretValue, _ access: SecretAccess, stage: SecretStage) async throws {
        for attempt in 1... {
            do {
                return try await rows.put(seal(secret, stage: stage, access))
            } catch let error as MaxError where error.code == .dataKeyGone && attempt < Self.mostTries {
                continue
            }
        }
    }

    private func find(_ access: SecretAccess, stages: [SecretStage]) async throws -> SealedSecret? {
        for stage in stages {
            if let sealed = try await rows.secret(access.field, of: access.connection, stage: stage) { return sealed }
        }
        return nil
    }

    private func refusing(_ access: SecretAccess, _ work: () throws -> SecretValue) async throws -> SecretValue {
        do {
            return try work()
        } catch {
            try await audit.write(.refuse, access)
            throw error
        }
    }
}
