import Foundation
import MaxCore
import MaxHub
import Testing

@testable import MaxVault

@Suite struct SealingTests {
    let key = DataKey.random(for: .one, in: .real)

    private func moved(
        _ sealed: SealedSecret, connection: ConnectionID? = nil, field: String? = nil, dataKey: String? = nil,
        version: Int? = nil, ciphertext: Data? = nil
    ) -> SealedSecret {
        SealedSecret(
            connection: connection ?? sealed.connection, field: field ?? sealed.field, stage: sealed.stage,
            dataKey: dataKey ?? sealed.dataKey, version: version ?? sealed.version,
            ciphertext: ciphertext ?? sealed.ciphertext)
    }

    @Test(arguments: [0, 1, 31, 1_000_000])
    func `opens what it sealed`(_ length: Int) throws {
        let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
        let sealed = try SecretSeal.seal(SecretValue(bytes), field: "token", stage: .active, with: key)
        #expect(sealed.connection == .one)
        #expect(sealed.dataKey == key.id)
        #expect(sealed.version == 1)
        #expect(sealed.ciphertext.count == length + 28)
        #expect(try SecretSeal.open(sealed, with: key).withBytes { $0 } == bytes)
    }

    @Test func `never seals the same secret to the same bytes`() throws {
        let secret = SecretValue("acme_1234")
        let one = try SecretSeal.seal(secret, field: "token", stage: .active, with: key)
        let two = try SecretSeal.seal(secret, field: "token", stage: .active, with: key)
        #expect(one.ciphertext != two.ciphertext)
    }

    @Test func `refuses a ciphertext that was moved or altered`() throws {
        let sealed = try SecretSeal.seal(SecretValue("acme_1234"), field: "token", stage: .active, with: key)
        var altered = sealed.ciphertext
        altered[15] ^= 1
        let same = DataKey.random(for: .two, in: .real)
        let strangers = [
            moved(sealed, connection: .two), moved(sealed, field: "secret"), moved(sealed, dataKey: same.id),
            moved(sealed, version: 2), moved(sealed, ciphertext: altered),
            moved(sealed, ciphertext: sealed.ciphertext.dropLast()), moved(sealed, ciphertext: Data()),
        ]
        for stranger in strangers {
            let error = #expect(throws: MaxError.self) { _ = try SecretSeal.open(stranger, with: key) }
            #expect(error?.code == .secretUnreadable)
        }
    }

    @Test func `binds a ciphertext to its place even where the key is made to fit`() throws {
        let master = MasterKey.random()
        let sealed = try SecretSeal.seal(SecretValue("acme_1234"), field: "token", stage: .active, with: key)
        let wrapped = try key.wrapped(by: master, at: Date())
        #expect(DataKey(opening: wrapped, with: master)?.id == key.id)
        let stolen = WrappedDataKey(
            id: wrapped.id, connection: .two, masterKey: wrapped.masterKey, wrapped: wrapped.wrapped,
            createdAt: wrapped.createdAt)
        #expect(DataKey(opening: stolen, with: master) == nil)
        let renamed = WrappedDataKey(
            id: "key_other", connection: .one, masterKey: wrapped.masterKey, wrapped: wrapped.wrapped,
            createdAt: wrapped.createdAt)
        #expect(DataKey(opening: renamed, with: master) == nil)
        #expect(DataKey(opening: wrapped, with: .random()) == nil)
        #expect(try SecretSeal.open(sealed, with: key).matches(SecretValue("acme_1234")))
    }

    @Test func `tells a secret of a newer version from a broken one`() throws {
        let sealed = try SecretSeal.seal(SecretValue("acme_1234"), field: "token", stage: .active, with: key)
        let error = #expect(throws: MaxError.self) { _ = try SecretSeal.open(moved(sealed, version: 2), with: key) }
        #expect(error?.message == "The stored secret token was sealed by a newer version of max.")
    }

    @Test func `writes places so that none is taken for another`() {
        let places = [
            SealPlace.bytes("k", version: 1, "ab", "c"), SealPlace.bytes("k", version: 1, "a", "bc"),
            SealPlace.bytes("k", version: 1, "abc"), SealPlace.bytes("k", version: 1, "abc", ""),
            SealPlace.bytes("k1", version: 1, "ab", "c"), SealPlace.bytes("k", version: 11, "ab", "c"),
        ]
        #expect(Set(places).count == places.count)
    }
}
