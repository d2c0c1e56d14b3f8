import Foundation
import MaxCore
import MaxHub
import Synchronization

/// Secret rows in memory that keep the rules of the store and can be stopped at any call, as a kill would.
final class ScriptedRows: SecretRows {
    struct State: Sendable {
        var secrets: [SealedSecret] = []
        var keys: [WrappedDataKey] = []
        var retired: Set<String> = []
        var audit: [AuditEntry] = []
        var calls: [Call: Int] = [:]
        var countdown: Int?
        var hooks: [Hook] = []
        var held: Set<String> = []
    }

    enum Call: Hashable, Sendable {
        case secret
        case secrets
        case put
        case delete
        case dataKey
        case newestDataKey
        case dataKeys
        case rekey
        case retire
        case audit
    }

    /// What happens at the nth call of a kind, once.
    struct Hook: Sendable {
        let call: Call
        let number: Int
        let isAfter: Bool
        let work: @Sendable () async throws -> Void
    }

    struct Killed: Error {}

    let state = Mutex(State())
    /// Whether a countdown stops a call after it took effect, rather than before.
    let stopsAfter: Bool

    init(stopsAfter: Bool = false) { self.stopsAfter = stopsAfter }

    var now: State { state.withLock { $0 } }

    /// Stops the process, as it were, at the nth call from now on; every call after it fails too.
    func stop(at call: Int?) { state.withLock { $0.countdown = call } }

    func on(_ call: Call, _ number: Int, after: Bool = false, _ work: @escaping @Sendable () async throws -> Void) {
        state.withLock {
            let number = $0.calls[call, default: 0] + number
            $0.hooks.append(Hook(call: call, number: number, isAfter: after, work: work))
        }
    }

    private func perform<Result: Sendable>(
        _ call: Call, _ work: (inout State) throws -> Result
    ) async throws -> Result {
        let number = state.withLock { state in
            state.calls[call, default: 0] += 1
            return state.calls[call, default: 0]
        }
        let left = state.withLock { state in
            state.countdown = state.countdown.map { $0 - 1 }
            return state.countdown ?? .max
        }
        guard left > 0 || (left == 0 && stopsAfter) else { throw Killed() }
        try await runHooks(call, number, after: false)
        let result = try state.withLock { state in
            var changed = state
            let result = try work(&changed)
            state = changed
            return result
        }
        guard left > 0 else { throw Killed() }
        try await runHooks(call, number, after: true)
        return result
    }

    private func runHooks(_ call: Call, _ number: Int, after: Bool) async throws {
        let due = state.withLock { state in
            let isDue = { (hook: Hook) in hook.call == call && hook.number == number && hook.isAfter == after }
            defer { state.hooks.removeAll(where: isDue) }
            return state.hooks.filter(isDue)
        }
        for hook in due { try await hook.work() }
    }

    func secret(_ field: String, of connection: ConnectionID, stage: SecretStage) async throws -> SealedSecret? {
        try await perform(.secret) { state in
            state.secrets.first { $0.field == field && $0.connection == connection && $0.stage == stage }
        }
    }

    func secrets(of connection: ConnectionID) async throws -> [SealedSecret] {
        try await perform(.secrets) { $0.secrets.filter { $0.connection == connection } }
    }

    func put(_ sealed: FreshlySealed) async throws {
        try await perform(.put) { try $0.put(sealed) }
    }

    func deleteSecret(_ field: String, of connection: ConnectionID) async throws {
        try await perform(.delete) { state in
            state.secrets.removeAll { $0.field == field && $0.connection == connection && $0.stage == .active }
        }
    }

    func dataKey(_ id: String) async throws -> WrappedDataKey? {
        try await perform(.dataKey) { $0.keys.first { $0.id == id } }
    }

    func newestDataKey(of connection: ConnectionID) async throws -> WrappedDataKey? {
        try await perform(.newestDataKey) { $0.keys.last { $0.connection == connection } }
    }

    func dataKeys() async throws -> [WrappedDataKey] {
        try await perform(.dataKeys) { $0.keys }
    }

    func rekey(
        _ connection: ConnectionID, to key: WrappedDataKey, from old: [SealedSecret], _ sealed: [SealedSecret]
    ) async throws -> Bool {
        try await perform(.rekey) { state in
            guard Set(state.secrets.filter { $0.connection == connection }) == Set(old) else { return false }
            state.secrets.removeAll { $0.connection == connection }
            state.keys.removeAll { $0.connection == connection }
            try state.put(key)
            state.secrets += sealed
            return true
        }
    }

    func retire(masterKeys: Set<String>, at time: Date) async throws -> Bool {
        try await perform(.retire) { state in
            guard !state.keys.contains(where: { masterKeys.contains($0.masterKey) }) else { return false }
            state.retired.formUnion(masterKeys)
            return true
        }
    }

    func audit(_ entries: [AuditEntry]) async throws {
        try await perform(.audit) { $0.audit += entries }
    }

    func auditTrail(limit: Int) async throws -> [AuditEntry] { now.audit.reversed().prefix(limit).map { $0 } }

    func exclusively<Result: Sendable>(
        _ name: String, _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        while !state.withLock({ $0.held.insert(name).inserted }) { await Task.yield() }
        defer { state.withLock { _ = $0.held.remove(name) } }
        return try await work()
    }
}

extension ScriptedRows.State {
    mutating func put(_ key: WrappedDataKey) throws {
        guard !retired.contains(key.masterKey) else { throw MaxError(.dataKeyGone, "The master key was retired.") }
        if !keys.contains(where: { $0.id == key.id }) { keys.append(key) }
    }

    mutating func put(_ sealed: FreshlySealed) throws {
        if let key = sealed.newKey { try put(key) }
        let secret = sealed.secret
        guard keys.contains(where: { $0.id == secret.dataKey }) else {
            throw MaxError(.dataKeyGone, "The key was replaced.")
        }
        secrets.removeAll {
            $0.connection == secret.connection && $0.field == secret.field && $0.stage == secret.stage
        }
        secrets.append(secret)
        audit += [sealed.line].compactMap(\.self)
    }
}
