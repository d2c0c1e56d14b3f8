import Foundation
import MaxCore
import Testing

@testable import MaxVault

/// A file that holds everything: what goes in comes out, and nothing else does.
struct BackupTests {
    private let folder: URL
    private static let passphrase = SecretValue("correct horse battery")
    private static let ring = SecretValue("canary-ring-key\n")

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "max-backup-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func path(_ name: String) -> String { folder.appending(path: name).path }

    /// Writes a backup of a database of so many bytes.
    private func write(_ count: Int, to name: String = "a.backup") async throws -> Data {
        let database = Data((0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) })
        try database.write(to: folder.appending(path: "plain"))
        try await BackupFile(path(name)).write(
            path("plain"), ring: Self.ring, schema: "tables of tomorrow", hasRecords: true,
            passphrase: Self.passphrase, at: Date(timeIntervalSince1970: 1_800_000_000), rounds: 1 << 15)
        return database
    }

    private func refusal(_ name: String, _ passphrase: SecretValue = passphrase) async -> MaxError.Code? {
        let error = await #expect(throws: MaxError.self) {
            _ = try await BackupFile(path(name)).read(passphrase: passphrase, into: path("out"))
        }
        #expect(!FileManager.default.fileExists(atPath: path("out")))
        return error?.code
    }

    @Test(arguments: [0, 1, 1 << 20, 1 << 20 + 1, 3 << 20 + 77])
    func `gives back what it was given`(count: Int) async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try await write(count)
        let content = try await BackupFile(path("a.backup")).read(passphrase: Self.passphrase, into: path("out"))
        #expect(try Data(contentsOf: folder.appending(path: "out")) == database)
        #expect(content.ring.matches(Self.ring))
        #expect(content.databaseLength == count && content.header.hasRecords)
        let checked = try await BackupFile(path("a.backup")).read(passphrase: Self.passphrase)
        #expect(checked.databaseLength == count)
    }

    @Test func `is read no further when its header is judged unfit`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try await write(100)
        let error = await #expect(throws: MaxError.self) {
            try await BackupFile(path("a.backup")).read(passphrase: Self.passphrase, into: path("out")) { header in
                if header.schema == "tables of tomorrow" { throw MaxError.backupNewer }
            }
        }
        #expect(error?.code == "backup_newer")
        #expect(!FileManager.default.fileExists(atPath: path("out")))
    }

    @Test func `tells nothing of what is in it, and is readable by its owner alone`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        let database = try await write(5000)
        let bytes = try Data(contentsOf: folder.appending(path: "a.backup"))
        #expect(bytes.range(of: Data("canary".utf8)) == nil)
        #expect(bytes.range(of: database.prefix(64)) == nil)
        let mode = try FileManager.default.attributesOfItem(atPath: path("a.backup"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test func `two backups of the same have nothing in common`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try await write(5000)
        _ = try await write(5000, to: "b.backup")
        let one = try Data(contentsOf: folder.appending(path: "a.backup"))
        let two = try Data(contentsOf: folder.appending(path: "b.backup"))
        #expect(one.suffix(4000) != two.suffix(4000))
    }

    @Test func `refuses another passphrase`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try await write(5000)
        #expect(await refusal("a.backup", SecretValue("correct horse batterz")) == .backupPassphraseWrong)
    }

    @Test func `refuses what is no backup`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for bytes in [Data(), Data("max backup".utf8), Data("SQLite format 3\0".utf8), Data(count: 5000)] {
            try bytes.write(to: folder.appending(path: "x"))
            #expect(await refusal("x") == "backup_foreign")
        }
        #expect(await refusal("none") == "file_unreadable")
    }

    @Test func `refuses one of a newer version, and costs that nobody would choose`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        for (header, code) in [
            (#"{"form":2}"#, "backup_newer"), ("{}", "backup_damaged"), ("…", "backup_damaged"),
            (
                #"{"form":1,"createdAt":"2026-01-01T00:00:00Z","hasRecords":true,"rounds":1073741824,"salt":"AAAAAAAAAAAAAAAAAAAAAA=="}"#,
                "backup_damaged"
            ),
        ] {
            let bytes = Data(header.utf8)
            let file = Data(BackupHeader.mark) + Data([0, 0, 0, UInt8(bytes.count)]) + bytes + Data(count: 100)
            try file.write(to: folder.appending(path: "x"))
            #expect(await refusal("x") == MaxError.Code(rawValue: code))
        }
    }

    @Test func `notices every change, wherever it is`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try await write(2 << 20 + 500)
        let whole = try Data(contentsOf: folder.appending(path: "a.backup"))
        for place in stride(from: 15, to: whole.count, by: whole.count / 12) {
            var bytes = whole
            bytes[place] ^= 0x40
            try bytes.write(to: folder.appending(path: "x"))
            #expect(await refusal("x") != nil, "byte \(place)")
        }
    }

    @Test func `notices where it breaks off, goes on, or has its parts in another order`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try await write(3 << 20)
        let whole = try Data(contentsOf: folder.appending(path: "a.backup"))
        let part = (1 << 20) + BackupSeal.overhead + 4
        let start = whole.count - 3 * part
        let (first, second, third) = (
            whole[start..<start + part], whole[start + part..<start + 2 * part], whole.suffix(part)
        )
        let damaged = [
            whole.dropLast(), whole.dropLast(part), whole + Data([0]), whole.prefix(start) + second + first + third,
            whole.prefix(start) + first + third, whole.prefix(start) + third,
        ]
        for bytes in damaged {
            try bytes.write(to: folder.appending(path: "x"))
            #expect(await refusal("x") == "backup_damaged")
        }
    }

    @Test func `leaves what has its name until it is whole`() async throws {
        defer { try? FileManager.default.removeItem(at: folder) }
        try Data("the one before".utf8).write(to: folder.appending(path: "a.backup"))
        await #expect(throws: MaxError.self) {
            try await BackupFile(path("a.backup")).write(
                path("no such database"), ring: Self.ring, hasRecords: true, passphrase: Self.passphrase, at: Date())
        }
        #expect(try String(contentsOfFile: path("a.backup"), encoding: .utf8) == "the one before")
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["a.backup"])
    }
}
