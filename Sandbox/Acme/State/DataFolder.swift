import FoundationEssentials

/// The folder that keeps a sandbox: which world it is, and the journal of what happened to it.
struct DataFolder: Sendable {
    let path: String

    /// Makes the folder if it is not there; only the owner may look inside.
    init(_ path: String) throws(AcmeSandboxError) {
        self.path = path
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .folderUnusable(path: path, reason: "it cannot be made")
        }
    }

    /// What `world.json` says.
    private struct Recorded: Codable, Equatable {
        let seed: UInt64
        let size: AcmeSize

        var description: String { "seed \(seed), \(size)" }
    }

    private var worldPath: String { path + "/world.json" }

    func openJournal() throws(AcmeSandboxError) -> JournalFile {
        try JournalFile(path: path + "/journal.ndjson", folder: path)
    }

    /// Finds out which world is kept here and records the one asked for if none is.
    ///
    /// To be called with the journal locked, so that two processes do not both choose.
    func world(seed: UInt64?, size: AcmeSize?) throws(AcmeSandboxError) -> World {
        if let recorded = try recorded() {
            let asked = Recorded(seed: seed ?? recorded.seed, size: size ?? recorded.size)
            guard asked == recorded else {
                throw .worldDiffers(path: path, recorded: recorded.description, asked: asked.description)
            }
            return World(seed: recorded.seed, size: recorded.size)
        }
        let chosen = Recorded(seed: seed ?? 1, size: size ?? .small)
        do {
            try JSONEncoder().encode(chosen).write(to: URL(filePath: worldPath), options: .atomic)
        } catch {
            throw .folderUnusable(path: path, reason: "world.json cannot be written")
        }
        return World(seed: chosen.seed, size: chosen.size)
    }

    private func recorded() throws(AcmeSandboxError) -> Recorded? {
        guard FileManager.default.fileExists(atPath: worldPath) else { return nil }
        do {
            return try JSONDecoder().decode(Recorded.self, from: Data(contentsOf: URL(filePath: worldPath)))
        } catch {
            throw .folderUnusable(path: path, reason: "world.json is not readable as a sandbox’s")
        }
    }
}
