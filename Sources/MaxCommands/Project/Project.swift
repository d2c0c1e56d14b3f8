internal import Foundation
internal import MaxCore
internal import MaxStore
internal import MaxVault

/// A folder with a `max.json`, which is fit to commit, and a private `.max` beside it.
struct Project: Sendable {
    let folder: URL

    /// The settings of a project, without secrets.
    struct Manifest: Codable, Sendable {
        /// The version of the file's form.
        var max: Int
        var name: String
    }

    var manifestFile: URL { folder.appending(path: "max.json") }
    var privateFolder: URL { folder.appending(path: ".max", directoryHint: .isDirectory) }
    var keyFile: URL { privateFolder.appending(path: "vault.key") }
    var sandboxFolder: URL { privateFolder.appending(path: "sandbox", directoryHint: .isDirectory) }

    /// The project the settings name, else the nearest one above the folder at hand, else a new one here if wanted.
    static func find(_ settings: Settings, creating: Bool, say: (String) -> Void) throws -> Project? {
        if let project = try find(settings) {
            try project.prepare(settings)
            return project
        }
        guard creating else { return nil }
        let project = Project(folder: settings.folder)
        try project.create(settings)
        say("Created a project here: max.json (no secrets, fit to commit) and .max/ (private, ignored by git).")
        return project
    }

    /// The project the settings name, else the nearest one above the folder at hand.
    static func find(_ settings: Settings) throws -> Project? {
        if let path = settings.project {
            let project = Project(folder: URL(filePath: path, directoryHint: .isDirectory, relativeTo: settings.folder))
            guard project.exists else {
                throw MaxError(
                    "project_missing", "MAX_PROJECT names \(path), where there is no max.json.",
                    fix: "Run max init in that folder, or unset MAX_PROJECT.")
            }
            return project
        }
        // A folder that was deleted has no absolute path, and no end to the folders above it.
        guard settings.folder.path.hasPrefix("/") else {
            throw MaxError(
                "folder_missing", "The folder you are in does not exist any more.", fix: "Change to another one.")
        }
        var folder = settings.folder.standardizedFileURL
        while true {
            let project = Project(folder: folder)
            if project.exists { return project }
            let parent = folder.deletingLastPathComponent()
            if parent.path == folder.path { return nil }
            folder = parent
        }
    }

    /// Whether there is a project.
    var exists: Bool { FileManager.default.fileExists(atPath: manifestFile.path) }

    /// Whether somebody syncs it when it is time: a server, or a watch.
    var isTended: Bool {
        if let address = try? ServerSeat(folder: privateFolder).address(), !address.isEmpty { return true }
        return (try? WatchSeat(folder: privateFolder).isTaken()) ?? false
    }

    /// Makes a project; what an interrupted attempt left is gone on with.
    func create(_ settings: Settings) throws {
        try prepare(settings)
        let manifest = Manifest(max: 1, name: folder.lastPathComponent)
        try Files.write(JSON.encoder.encode(manifest) + Data("\n".utf8), to: manifestFile)
    }

    /// Checks the manifest and makes the private folder where it is missing, as after a clone.
    func prepare(_ settings: Settings) throws {
        if exists { try checkManifest() }
        try Files.makePrivateFolder(privateFolder)
        let ignore = privateFolder.appending(path: ".gitignore")
        if !FileManager.default.fileExists(atPath: ignore.path) { try Files.write(Data("*\n".utf8), to: ignore) }
        let isNew = !FileManager.default.fileExists(atPath: privateFolder.appending(path: "max.db").path)
        if isNew, case .file(let path, ownedByUs: true) = settings.keySource(of: self) {
            _ = try VaultKeyFile.create(at: path)
        }
    }

    private func checkManifest() throws {
        let manifest: Manifest
        do {
            manifest = try JSON.decoder.decode(Manifest.self, from: Files.read(manifestFile, atMost: 64 << 10))
        } catch {
            throw MaxError(
                "project_unreadable", "\(manifestFile.path) cannot be read as a project.",
                fix: "Mend it, or move it away and run max init.")
        }
        guard manifest.max == 1 else {
            throw MaxError(
                "project_newer", "This project was made by a newer version of Max (form \(manifest.max)).",
                fix: "Update Max.")
        }
    }
}

/// The few things done with files here, each with words for when it fails.
enum Files {
    /// Writes a whole file, or none of it; whatever the umask, everyone may read it and its owner write.
    static func write(_ data: Data, to file: URL) throws {
        do {
            try data.write(to: file, options: .atomic)
            try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file.path)
        } catch { throw unwritable(file) }
    }

    /// Reads a file that is no larger than it should be.
    static func read(_ file: URL, atMost limit: Int) throws -> Data {
        let handle = try FileHandle(forReadingFrom: file)
        defer { try? handle.close() }
        let data = try handle.read(upToCount: limit + 1) ?? Data()
        guard data.count <= limit else { throw CocoaError(.fileReadTooLarge) }
        return data
    }

    /// Makes a folder that only its owner can look into.
    static func makePrivateFolder(_ folder: URL) throws {
        let mode: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true, attributes: mode)
        } catch { throw unwritable(folder) }
    }

    /// The error for a file that could not be made or written.
    static func unwritable(_ file: URL) -> MaxError {
        MaxError(
            "file_unwritable", "\(file.path) cannot be written.",
            fix: "Check who owns the folder and whether the disk is full.")
    }
}
