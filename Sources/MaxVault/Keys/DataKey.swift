internal import Crypto
internal import Foundation
package import MaxHub

/// The key that a connection's secrets are sealed with.
package struct DataKey: Sendable {
    let id: String
    let connection: ConnectionID
    let key: SymmetricKey

    /// Makes a new one.
    package static func random(for connection: ConnectionID, in surroundings: Surroundings) -> DataKey {
        DataKey(id: "key_" + surroundings.word(), connection: connection, key: SymmetricKey(size: .bits256))
    }

    /// Wraps it for storing.
    func wrapped(by master: MasterKey, at time: Date) throws -> WrappedDataKey {
        let place = Self.place(id: id, connection: connection, master: master.id)
        let box = try key.withUnsafeBytes { try AES.GCM.seal($0, using: master.key, authenticating: place) }
        guard let combined = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return WrappedDataKey(
            id: id, connection: connection, masterKey: master.id, wrapped: combined, createdAt: time)
    }

    /// Opens a wrapped key; nil when that is not the key it was wrapped with, or something was moved or altered.
    init?(opening wrapped: WrappedDataKey, with master: MasterKey) {
        let place = Self.place(id: wrapped.id, connection: wrapped.connection, master: wrapped.masterKey)
        guard let box = try? AES.GCM.SealedBox(combined: wrapped.wrapped),
            let bytes = try? AES.GCM.open(box, using: master.key, authenticating: place), bytes.count == 32
        else { return nil }
        self.init(id: wrapped.id, connection: wrapped.connection, key: SymmetricKey(data: bytes))
    }

    private init(id: String, connection: ConnectionID, key: SymmetricKey) {
        self.id = id
        self.connection = connection
        self.key = key
    }

    private static func place(id: String, connection: ConnectionID, master: String) -> [UInt8] {
        SealPlace.bytes("max data key", version: 1, connection.rawValue, id, master)
    }
}

extension DataKey: CustomStringConvertible, CustomReflectable {
    package var description: String { "data key \(id)" }
    package var customMirror: Mirror { Mirror(self, children: ["id": id]) }
}
