internal import Foundation
internal import MaxCore

/// A file that a command is told to write.
enum WantedFile {
    /// Where it is, once it is known to be free.
    ///
    /// What a project lives on is never free.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `file_exists`, or `file_unwritable`.
    static func place(_ path: String, replacing: Bool, in program: Program) throws -> URL {
        let file = URL(filePath: path, relativeTo: program.settings.folder).absoluteURL
        if let project = try Project.find(program.settings), project.livesOn(file) {
            throw MaxError(
                "file_unwritable", "\(path) belongs to the project itself.", fix: "Name a file outside .max.")
        }
        guard replacing || !FileManager.default.fileExists(atPath: file.path) else {
            throw MaxError.fileExists(path, orElse: "another file")
        }
        return file
    }
}

extension MaxError {
    static func fileExists(_ path: String, orElse other: String) -> MaxError {
        MaxError("file_exists", "\(path) is there already.", fix: "Give --force to replace it, or \(other).")
    }
}

extension Project {
    fileprivate func livesOn(_ file: URL) -> Bool {
        let path = file.resolvingSymlinksInPath().path(percentEncoded: false)
        let inside = privateFolder.resolvingSymlinksInPath().path(percentEncoded: false)
        let folder = inside.hasSuffix("/") ? inside : inside + "/"
        return path.hasPrefix(folder) || path + "/" == folder
            || path == manifestFile.resolvingSymlinksInPath().path(percentEncoded: false)
    }
}
