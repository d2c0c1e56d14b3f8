internal import Foundation
internal import GRDB
package import MaxCore
internal import MaxHub

extension MaxError.Code {
    /// There is no room for another byte.
    package static let diskFull: Self = "disk_full"
    /// The project's folder cannot be written.
    package static let databaseReadOnly: Self = "database_read_only"
    /// The database file is not one, or no longer in order.
    package static let databaseDamaged: Self = "database_damaged"
    /// Another process kept the database to itself for too long.
    package static let databaseBusy: Self = "database_busy"
    /// A newer version of Max wrote the database.
    package static let databaseNewer: Self = "database_newer"
    /// Reading or writing failed for another reason.
    package static let databaseFailed: Self = "database_failed"
}

extension MaxError {
    /// Turns an error of SQLite's into the owner's words.
    init(_ fault: DatabaseError, at path: String) {
        switch fault.extendedResultCode {
        // The index beside the log cannot grow: a disk without room is told so, and not by its code.
        case .SQLITE_IOERR_SHMSIZE, .SQLITE_IOERR_SHMMAP: self = .diskFull(at: path)
        default: self = fault.refusal ?? MaxError(resultCode: fault.resultCode, message: fault.message, at: path)
        }
    }

    private init(resultCode: ResultCode, message: String?, at path: String) {
        switch resultCode {
        case .SQLITE_FULL: self = .diskFull(at: path)
        case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM: self = .readOnly(at: path)
        case .SQLITE_NOTADB: self = .damaged(at: path, because: "it is not a database")
        case .SQLITE_CORRUPT: self = .damaged(at: path, because: "parts of it make no sense")
        case .SQLITE_BUSY, .SQLITE_LOCKED: self = .busy(at: path)
        case .SQLITE_CONSTRAINT: self = .refused(at: path, because: message ?? "a constraint")
        default: self = .failed(at: path, because: message ?? "SQLite reports code \(resultCode.rawValue)")
        }
    }

    /// Turns an error of the operating system's into the owner's words.
    init(errno code: Int32, at path: String) {
        switch code {
        case ENOSPC, EDQUOT: self = .diskFull(at: path)
        case EROFS, EACCES, EPERM: self = .readOnly(at: path)
        default: self = .failed(at: path, because: String(cString: strerror(code)))
        }
    }

    static func diskFull(at path: String) -> MaxError {
        MaxError(
            .diskFull, "Nothing was saved: the disk that holds \(path) is full.", fix: "Make room and try again.")
    }

    static func readOnly(at path: String) -> MaxError {
        MaxError(
            .databaseReadOnly, "Nothing was saved: \(path) cannot be opened for writing.",
            fix: "Make its folder writable for the user who runs Max.")
    }

    static func damaged(at path: String, because reason: String) -> MaxError {
        MaxError(
            .databaseDamaged, "\(path) cannot be read: \(reason).",
            fix: "Put a backup in its place, or move it away to begin anew.")
    }

    static func busy(at path: String) -> MaxError {
        MaxError(
            .databaseBusy, "Nothing was saved: another program keeps \(path) to itself.",
            fix: "End that program and try again.")
    }

    static func newer(at path: String) -> MaxError {
        MaxError(.databaseNewer, "A newer version of Max wrote \(path).", fix: "Update Max and try again.")
    }

    static func refused(at path: String, because constraint: String) -> MaxError {
        MaxError(
            .databaseFailed, "Nothing was saved: \(path) does not take it (\(constraint)).",
            fix: "This is a mistake in Max: report it with this sentence.")
    }

    static func failed(at path: String, because reason: String) -> MaxError {
        MaxError(
            .databaseFailed, "\(path) could not be used: \(reason).", fix: "Check the disk it lies on and try again.")
    }
}

extension DatabaseError {
    /// What a broken constraint of the schema means.
    var refusal: MaxError? {
        guard resultCode == .SQLITE_CONSTRAINT, let message else { return nil }
        return switch extendedResultCode {
        case .SQLITE_CONSTRAINT_FOREIGNKEY: .dataKeyGone
        case .SQLITE_CONSTRAINT_TRIGGER where message == Schema.erased: .connectionErased
        case .SQLITE_CONSTRAINT_TRIGGER where message == Schema.revoked: .connectionRevoked
        case .SQLITE_CONSTRAINT_TRIGGER where message == Schema.retired: .masterKeyRetired
        case .SQLITE_CONSTRAINT_UNIQUE where message.contains("connection.slug"): .nameTaken
        case .SQLITE_CONSTRAINT_UNIQUE where message.contains("connection.account_id"): .accountTaken
        case .SQLITE_CONSTRAINT_UNIQUE where message.contains("setup_session.connection_id"): .setupUnderWay
        default: nil
        }
    }
}
