internal import Crypto
package import Foundation
internal import MaxCore

/// What a backup tells without its passphrase.
package struct BackupHeader: Codable, Sendable, Hashable {
    /// The version of the file's form.
    package let form: Int
    /// When it was made.
    package let createdAt: Date
    /// What the tables of the database are called; nil where that was not said.
    package let schema: String?
    /// Whether it holds what was collected.
    package let hasRecords: Bool
    /// 128 random bits, for the passphrase.
    let salt: Data
    /// The cost N of scrypt (RFC 7914), with r = 8 and p = 1; memory is 1 KiB times that.
    let rounds: Int

    /// The version that is written.
    static let form = 1
    /// The costs that are believed: from a tenth of a second to a quarter of a GiB.
    static let believable = 1 << 15...1 << 18
    /// The longest header, in bytes.
    static let longest = 4096
    /// What every backup begins with.
    static let mark = Array("max backup\n".utf8)

    init(createdAt: Date, schema: String?, hasRecords: Bool, rounds: Int) {
        (form, self.createdAt, self.hasRecords, self.rounds) = (Self.form, createdAt, hasRecords, rounds)
        self.schema = schema
        salt = SymmetricKey(size: .bits128).withUnsafeBytes { Data($0) }
    }

    /// Reads a header.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `backup_newer` or `backup_damaged`.
    init(bytes: Data) throws(MaxError) {
        guard let form = (try? JSON.decoder.decode(Form.self, from: bytes))?.form else { throw .backupDamaged }
        guard form == Self.form else { throw .backupNewer }
        guard let header = try? JSON.decoder.decode(Self.self, from: bytes), header.salt.count == 16,
            Self.believable.contains(header.rounds), header.rounds.nonzeroBitCount == 1
        else { throw .backupDamaged }
        self = header
    }

    var bytes: Data {
        get throws { try JSON.encoder.encode(self) }
    }

    private struct Form: Decodable { let form: Int }
}
