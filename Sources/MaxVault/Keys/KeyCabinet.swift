internal import Foundation
internal import MaxCore
internal import MaxHub

/// The keys this process holds: the ring, read when it is first needed, and the data keys opened with it.
actor KeyCabinet {
    /// How many open data keys are held at most.
    static let mostDataKeys = 4096
    /// How long a command that failed is not asked again, in seconds.
    static let patience: TimeInterval = 10

    private let reader: KeyRingReader
    private let rows: any SecretRows
    private let surroundings: Surroundings
    private var ring: KeyRing?
    private var failure: (fault: KeyRingFault, at: Date)?
    private var reading: Task<KeyRing, any Error>?
    private var dataKeys: [String: DataKey] = [:]
    /// Data keys that no stored secret has brought into the rows yet, as far as is known.
    private var unstored: [ConnectionID: (key: DataKey, new: WrappedDataKey)] = [:]

    init(reader: KeyRingReader, rows: any SecretRows, surroundings: Surroundings) {
        self.reader = reader
        self.rows = rows
        self.surroundings = surroundings
    }

    /// The ring as it was read.
    func heldRing() async throws -> KeyRing {
        if let ring { return ring }
        if let failure, !reader.source.isFile, surroundings.now().timeIntervalSince(failure.at) < Self.patience {
            throw failure.fault
        }
        return try await read()
    }

    /// The ring as it is now: a file may have been changed by another process that replaces keys.
    func presentRing() async throws -> KeyRing {
        reader.source.isFile ? try await read() : try await heldRing()
    }

    /// Takes a ring that was just written.
    func adopt(_ ring: KeyRing) { self.ring = ring }

    /// The data key of that id; nil when it is gone.
    ///
    /// - Throws: ``MissingKey`` when its master key is not at hand.
    func dataKey(_ id: String) async throws -> DataKey? {
        if let held = dataKeys[id] { return held }
        guard let wrapped = try await rows.dataKey(id) else { return nil }
        return try await open(wrapped)
    }

    /// The key to seal a connection's next secret with, and its form for storing when it is new.
    func sealingKey(of connection: ConnectionID) async throws -> (key: DataKey, new: WrappedDataKey?) {
        if let usable = try await usableKey(of: connection) {
            unstored[connection] = nil
            return (usable, nil)
        }
        let ring = try await presentRing()
        if let made = unstored[connection], made.new.masterKey == ring.current.id { return made }
        let key = DataKey.random(for: connection, in: surroundings)
        let made = (key, try key.wrapped(by: ring.current, at: surroundings.now()))
        if unstored.count >= Self.mostDataKeys { unstored = [:] }
        unstored[connection] = made
        return made
    }

    private func usableKey(of connection: ConnectionID) async throws -> DataKey? {
        guard let newest = try await rows.newestDataKey(of: connection) else { return nil }
        if let key = try? await open(newest) { return key }
        let others = try await rows.dataKeys().filter { $0.connection == connection && $0.id != newest.id }
        for wrapped in others.sorted(by: { $0.createdAt > $1.createdAt }) {
            if let key = try? await open(wrapped) { return key }
        }
        return nil
    }

    private func open(_ wrapped: WrappedDataKey) async throws -> DataKey {
        if let held = dataKeys[wrapped.id] { return held }
        guard let master = try await master(wrapped.masterKey),
            let key = DataKey(opening: wrapped, with: master)
        else { throw MissingKey(id: wrapped.masterKey) }
        if dataKeys.count >= Self.mostDataKeys { dataKeys = [:] }
        dataKeys[key.id] = key
        return key
    }

    private func master(_ id: String) async throws -> MasterKey? {
        do {
            if let master = try await heldRing()[id] { return master }
            return try await presentRing()[id]
        } catch let fault as KeyRingFault where fault.isAbsent {
            throw MissingKey(id: id)
        }
    }

    /// Reads the ring once, however many ask at the same time.
    private func read() async throws -> KeyRing {
        if let reading { return try await reading.value }
        let task = Task { [reader, ring] in
            try await BlockingWork.run { () throws(KeyRingFault) in try reader.read(known: ring) }
        }
        reading = task
        defer { reading = nil }
        do {
            let ring = try await task.value
            self.ring = ring
            failure = nil
            return ring
        } catch let fault as KeyRingFault {
            failure = (fault, surroundings.now())
            throw fault
        }
    }
}

/// What is thrown where a data key's master key is not at hand.
struct MissingKey: Error, Hashable {
    let id: String
}
