internal import Crypto
internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxStore
internal import MaxVault

extension Benchmark {
    private static let target = Target.median(.microseconds(20))
    private static let text = "acme_3f9a2c1d8e7b6a5f4c3d2e1f0a9b8c7d"

    /// Sealing and opening with keys that are at hand, and the same with everything the vault does around it.
    static let sealing = [
        Benchmark("seal a secret", beside: "bare AES-GCM", target: target) { try seals() },
        Benchmark("open a secret", beside: "bare AES-GCM", target: target) { try opens() },
        Benchmark("seal a secret, audited", beside: "smallest write of the store") {
            try await Workbench.using { try await auditedSeals($0) }
        },
        Benchmark("open a stored secret, audited", beside: "reading its row") {
            try await Workbench.using { try await auditedOpens($0) }
        },
    ]

    private static func seals() throws -> Measurement {
        let (secret, bytes) = (SecretValue(text), Array(text.utf8))
        let (key, bareKey) = (DataKey.random(for: .bench, in: .real), SymmetricKey(size: .bits256))
        var measurement = Measurement()
        for _ in 0..<100_000 {
            measurement.add(
                work: try timeOfCall { try SecretSeal.seal(secret, field: "api_token", stage: .active, with: key) },
                reference: try timeOfCall { try AES.GCM.seal(bytes, using: bareKey) })
        }
        return measurement
    }

    private static func opens() throws -> Measurement {
        let (key, bareKey) = (DataKey.random(for: .bench, in: .real), SymmetricKey(size: .bits256))
        let sealed = try SecretSeal.seal(SecretValue(text), field: "api_token", stage: .active, with: key)
        let box = try AES.GCM.seal(Array(text.utf8), using: bareKey)
        var measurement = Measurement()
        for _ in 0..<100_000 {
            measurement.add(
                work: try timeOfCall { try SecretSeal.open(sealed, with: key) },
                reference: try timeOfCall { try AES.GCM.open(box, using: bareKey) })
        }
        return measurement
    }

    private static func auditedSeals(_ bench: Workbench) async throws -> Measurement {
        let secret = SecretValue(text)
        return try await Measurement(1000) {
            try await time { _ = try await bench.vault.seal(secret, field: "api_token", for: .bench) }
        } reference: {
            try await time { try await bench.store.writeLittle() }
        }
    }

    private static func auditedOpens(_ bench: Workbench) async throws -> Measurement {
        let credentials = bench.vault.credentials(of: .bench, staged: false, purpose: "benchmark")
        try await credentials.set("api_token", SecretValue(text))
        return try await Measurement(10_000) {
            try await time { _ = try await credentials.get("api_token") }
        } reference: {
            try await time { _ = try await bench.store.secret("api_token", of: .bench, stage: .active) }
        }
    }
}

extension ConnectionID {
    fileprivate static let bench = ConnectionID(in: .real)
}
