package import Foundation
package import MaxCore

/// A file that holds a project: its keys and its database, sealed with a passphrase.
///
/// It is a mark, the length of the header as four bytes and the header as JSON; then parts, each as the length of what
/// follows, with the highest bit set before the last one, and the sealed bytes. The first part is the key ring, the others
/// are the database.
package struct BackupFile: Sendable {
    package let path: String

    package init(_ path: String) { self.path = path }

    /// How much of the database is sealed at once, in bytes.
    static let partLength = 1 << 20
    private static let lastMark: UInt32 = 1 << 31

    /// What was read.
    package struct Content: Sendable {
        package let header: BackupHeader
        /// The keys, as the text of a key file.
        package let ring: SecretValue
        /// How large the database is, in bytes.
        package let databaseLength: Int
    }

    /// Writes a backup beside its place and gives it its name once it is whole; it is readable by its owner alone.
    ///
    /// - Parameters:
    ///   - database: The path of a database that nobody writes to.
    ///   - schema: What its tables are called, by which a reader knows whether it can read them.
    /// - Throws: ``MaxCore/MaxError`` with code `file_unwritable`.
    package func write(
        _ database: String, ring: SecretValue, schema: String? = nil, hasRecords: Bool, passphrase: SecretValue,
        at time: Date, rounds: Int = 1 << 17
    ) async throws {
        try await BlockingWork.run { () throws(any Error) in
            let header = BackupHeader(createdAt: time, schema: schema, hasRecords: hasRecords, rounds: rounds)
            let headerBytes = try header.bytes
            let seal = try BackupSeal(passphrase, header, headerBytes)
            let source = try FileBytes(reading: database)
            let draft = "\(path).\(UInt32.random(in: 0 ... .max)).new"
            let target = try FileBytes(creating: draft)
            do {
                try target.write(Data(BackupHeader.mark) + Self.number(UInt32(headerBytes.count)) + headerBytes)
                try Self.write(seal.seal(ring.withBytes { Data($0) }, number: 0, isLast: false), false, to: target)
                try copy(source, to: target, seal)
                try target.name(path)
            } catch {
                target.remove()
                throw error
            }
        }
    }

    private func copy(_ source: FileBytes, to target: FileBytes, _ seal: BackupSeal) throws {
        var (number, part) = (UInt64(1), try source.read(Self.partLength))
        while true {
            let next = try source.read(Self.partLength)
            try Self.write(seal.seal(part, number: number, isLast: next.isEmpty), next.isEmpty, to: target)
            if next.isEmpty { return }
            (number, part) = (number + 1, next)
        }
    }

    /// Reads a backup from its beginning to its end, each part checked before anything of it is used.
    ///
    /// - Parameters:
    ///   - database: Where the database is written, readable by its owner alone; nil to check it only.
    ///   - judge: Told of the header once the passphrase has shown that it is true; what it throws ends the reading.
    /// - Throws: ``MaxCore/MaxError`` with code `backup_foreign`, `backup_newer`, `backup_damaged`, `passphrase_wrong`, or
    ///   `file_unwritable`; what `judge` throws.
    package func read(
        passphrase: SecretValue, into database: String? = nil,
        judge: @escaping @Sendable (BackupHeader) throws -> Void = { _ in }
    ) async throws -> Content {
        try await BlockingWork.run { () throws(any Error) in
            let source = try FileBytes(reading: path)
            guard try source.read(BackupHeader.mark.count) == Data(BackupHeader.mark) else {
                throw MaxError.backupForeign
            }
            let length = try Self.number(source.read(4))
            guard length <= BackupHeader.longest else { throw MaxError.backupDamaged }
            let headerBytes = try source.read(Int(length))
            let header = try BackupHeader(bytes: headerBytes)
            let seal = try BackupSeal(passphrase, header, headerBytes)
            guard let (sealed, isLast) = try Self.part(of: source), !isLast else { throw MaxError.backupDamaged }
            guard let ring = seal.open(sealed, number: 0, isLast: false) else { throw MaxError.backupPassphraseWrong }
            try judge(header)
            let target = try database.map { try FileBytes(creating: $0) }
            do {
                let written = try restore(source, to: target, seal)
                try target?.settle()
                return Content(header: header, ring: SecretValue(ring), databaseLength: written)
            } catch {
                target?.remove()
                throw error
            }
        }
    }

    private func restore(_ source: FileBytes, to target: FileBytes?, _ seal: BackupSeal) throws -> Int {
        var (number, written) = (UInt64(1), 0)
        while true {
            guard let (sealed, isLast) = try Self.part(of: source),
                let part = seal.open(sealed, number: number, isLast: isLast)
            else { throw MaxError.backupDamaged }
            try target?.write(part)
            (number, written) = (number + 1, written + part.count)
            guard isLast else { continue }
            guard try source.read(1).isEmpty else { throw MaxError.backupDamaged }
            return written
        }
    }
}

extension BackupFile {
    private static func write(_ sealed: Data, _ isLast: Bool, to target: FileBytes) throws {
        try target.write(number(UInt32(sealed.count) | (isLast ? lastMark : 0)))
        try target.write(sealed)
    }

    /// The next part, and whether it is said to be the last; nil where the file breaks off or lies about a length.
    private static func part(of source: FileBytes) throws -> (sealed: Data, isLast: Bool)? {
        let head = try source.read(4)
        guard head.count == 4 else { return nil }
        let length = number(head) & ~lastMark
        guard length <= partLength + BackupSeal.overhead else { return nil }
        let sealed = try source.read(Int(length))
        return sealed.count == length ? (sealed, number(head) & lastMark != 0) : nil
    }

    private static func number(_ value: UInt32) -> Data { withUnsafeBytes(of: value.bigEndian) { Data($0) } }
    private static func number(_ bytes: Data) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }
}

extension MaxError.Code {
    /// The passphrase does not open the backup.
    package static let backupPassphraseWrong: Self = "passphrase_wrong"
}

extension MaxError {
    static let backupForeign = MaxError(
        "backup_foreign", "This file is no backup of Max.", fix: "Choose a file that max backup has written.")
    package static let backupNewer = MaxError(
        "backup_newer", "This backup was made by a newer version of Max.", fix: "Update Max, then restore it.")
    static let backupDamaged = MaxError(
        "backup_damaged", "This backup is damaged: part of it is missing or was changed.",
        fix: "Copy it again from where it was made, or use another one.")
    static let backupPassphraseWrong = MaxError(
        .backupPassphraseWrong, "This passphrase does not open the backup, or its beginning was changed.",
        fix: "Enter the one it was made with; nobody can open it without.")
}
