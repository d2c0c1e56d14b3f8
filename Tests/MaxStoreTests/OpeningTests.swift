internal import Foundation
internal import GRDB
internal import MaxCore
internal import MaxHub
internal import Testing

@testable internal import MaxStore

struct OpeningTests {
    @Test func `refuses the database of a newer version`() async throws {
        try await withFolder { folder in
            try await SQLiteStore(folder: folder).writer.write {
                try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('2999-01-01 hovercraft')")
            }
            #expect(await refusal { _ = try SQLiteStore(folder: folder) } == .databaseNewer)
        }
    }

    @Test func `refuses a file that is no database, and leaves it alone`() async throws {
        try await withFolder { folder in
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            let file = folder.appending(path: "max.db")
            let text = Data(String(repeating: "shopping list\n", count: 200).utf8)
            try text.write(to: file)
            #expect(await refusal { _ = try SQLiteStore(folder: folder) } == .databaseDamaged)
            #expect(try Data(contentsOf: file) == text)
        }
    }

    @Test func `tells of a row that makes no sense as damage`() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(folder: folder)
            try await store.connect(.sample())
            try await store.writer.write { try $0.execute(sql: "UPDATE connection SET created_at = 'yesterday'") }
            #expect(await refusal { _ = try await store.connections() } == .databaseDamaged)
        }
    }

    @Test func `says why a folder cannot be made`() async throws {
        try await withFolder { folder in
            try Data().write(to: folder)
            #expect(await refusal { _ = try SQLiteStore(folder: folder) } == .databaseFailed)
        }
    }

    @Test func `several processes may make the same database at once`() async throws {
        try await withFolder { folder in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<6 {
                    group.addTask {
                        let id = ConnectionID(rawValue: "con_\(number)")
                        try await SQLiteStore(folder: folder).connect(.sample(id, slug: "s\(number)", account: nil))
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await SQLiteStore(folder: folder).connections().count == 6)
        }
    }

    @Test func `an up-to-date database is opened and read while another process writes`() async throws {
        try await withFolder { folder in
            try await SQLiteStore(folder: folder).connect(.sample())
            let file = folder.appending(path: "max.db").path
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            let other = try DatabaseQueue(path: file, configuration: configuration)
            try await other.writeWithoutTransaction { try $0.beginTransaction(.immediate) }
            let store = try SQLiteStore(folder: folder, patience: .zero)
            #expect(try await store.connections() == [.sample()])
            #expect(await refusal { try await store.insert(.sample()) } == .databaseBusy)
            try await other.writeWithoutTransaction { try $0.rollback() }
            #expect(await refusal { try await store.insert(.sample()) } == nil)
            #expect(try await store.sessions(at: noon) == [.sample()])
        }
    }

    @Test func `who reads keeps the lock that says so when the connection that writes is opened`() async throws {
        try await withFolder { folder in
            let first = try SQLiteStore(folder: folder)
            try await first.connect(.sample())
            first.close()
            let store = try SQLiteStore(folder: folder)
            #expect(try await store.connections() == [.sample()])
            _ = try store.writer
            #expect(try isHeld(folder.appending(path: "max.db")))
            store.close()
        }
    }

    /// Whether a connection, be it of this process, holds SQLite's lock of who reads on a database
    /// (<https://www.sqlite.org/lockingv3.html>): 510 bytes from the second byte past the first gigabyte on.
    private func isHeld(_ database: URL) throws -> Bool {
        // A lock of an open file description is in the way of those of processes (fcntl(2), F_OFD_GETLK).
        let asksWhoIsInTheWay: Int32 = 36
        let descriptor = open(database.path, O_RDWR)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        var lock = flock(
            l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0x4000_0002, l_len: 510, l_pid: 0)
        let status = withUnsafeMutablePointer(to: &lock) {
            fcntl(descriptor, asksWhoIsInTheWay, UnsafeMutableRawPointer($0))
        }
        try #require(status == 0)
        return lock.l_type != Int16(F_UNLCK)
    }

    @Test func `a store that is closed leaves one file, with everything in it`() async throws {
        try await withFolder { folder in
            for label in ["One", "Two"] {
                let store = try SQLiteStore(folder: folder)
                if label == "One" { try await store.connect(.sample()) }
                try await store.rename(.one, label: label, slug: nil)
                #expect(try await store.connection(.one)?.label == label)
                store.close()
            }
            let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(files.filter { $0.hasPrefix("max.db") } == ["max.db"])
        }
    }

    @Test func `an up-to-date database is opened without a change`() async throws {
        try await withFolder { folder in
            let first = try SQLiteStore(folder: folder)
            let before = try await first.writer.read { try Int.fetchOne($0, sql: "PRAGMA data_version") }
            let schema = try await first.writer.read { try Int.fetchOne($0, sql: "PRAGMA schema_version") }
            let second = try SQLiteStore(folder: folder)
            #expect(try await second.writer.read { try Int.fetchOne($0, sql: "PRAGMA schema_version") } == schema)
            #expect(try await first.writer.read { try Int.fetchOne($0, sql: "PRAGMA data_version") } == before)
        }
    }
}

struct FaultTests {
    @Test func `a full disk is told as such and leaves the database whole`() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(folder: folder)
            try await store.insert(.sample())
            try await store.writer.writeWithoutTransaction { database in
                let pages = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
                try database.execute(sql: "PRAGMA max_page_count = \(pages)")
            }
            let large = FreshlySealed.sample("token", String(repeating: "x", count: 1 << 20))
            let save = { try await store.save(SetupSession.sample().next, secrets: [large], dropping: []) }
            #expect(await refusal(of: save) == .diskFull)
            #expect(try await store.session(SetupSession.sample().id) == .sample())
            #expect(try await store.writer.read { try String.fetchOne($0, sql: "PRAGMA integrity_check") } == "ok")
        }
    }

    @Test func `a database that cannot be written is told as such`() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(folder: folder)
            try await store.writer.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = ON") }
            #expect(await refusal { try await store.insert(.sample()) } == .databaseReadOnly)
        }
    }

    @Test func `a database that another process keeps is told as busy`() async throws {
        try await withFolder { folder in
            let store = try SQLiteStore(folder: folder, patience: .zero)
            var configuration = Configuration()
            configuration.allowsUnsafeTransactions = true
            let other = try DatabaseQueue(path: store.folder.database, configuration: configuration)
            try await other.writeWithoutTransaction { try $0.beginTransaction(.immediate) }
            #expect(await refusal { try await store.insert(.sample()) } == .databaseBusy)
            try await other.writeWithoutTransaction { try $0.rollback() }
            #expect(await refusal { try await store.insert(.sample()) } == nil)
        }
    }

    @Test(arguments: [
        (ResultCode.SQLITE_FULL, MaxError.Code.diskFull), (.SQLITE_READONLY_DIRECTORY, .databaseReadOnly),
        (.SQLITE_CANTOPEN, .databaseReadOnly), (.SQLITE_NOTADB, .databaseDamaged),
        (.SQLITE_CORRUPT_VTAB, .databaseDamaged), (.SQLITE_BUSY_SNAPSHOT, .databaseBusy),
        (.SQLITE_IOERR_FSYNC, .databaseFailed), (.SQLITE_CONSTRAINT_CHECK, .databaseFailed),
    ])
    func `every fault of the database names the file and a fix`(fault: ResultCode, code: MaxError.Code) {
        let error = MaxError(DatabaseError(resultCode: fault), at: "/data/.max/max.db")
        #expect(error.code == code)
        #expect(error.message.contains("/data/.max/max.db"))
        #expect(error.fix != nil)
    }

    @Test(arguments: [
        (ENOSPC, MaxError.Code.diskFull), (EROFS, .databaseReadOnly), (EACCES, .databaseReadOnly),
        (ENAMETOOLONG, .databaseFailed),
    ])
    func `every fault of the file system names the file and a fix`(fault: Int32, code: MaxError.Code) {
        let error = MaxError(errno: fault, at: "/data/.max")
        #expect(error.code == code)
        #expect(error.message.contains("/data/.max"))
        #expect(error.fix != nil)
    }
}
