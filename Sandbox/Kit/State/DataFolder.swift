internal import FoundationEssentials

/// The folder that keeps a sandbox: which world it is, and the journal of what happened to it.
struct DataFolder: Sendable {
    let path: String

    /// Makes the folder if it is not there; only the owner may look inside.
    init(_ path: String) throws(SandboxError) {
        self.path = path
        do {
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw .folderUnusable(path: path, reason: "it cannot be made")
        }
    }

    /// What `world.json` says.
    struct Recorded<Size: SandboxSize>: Codable, Equatable {
        let seed: UInt64
        let size: Size

        var description: String { "seed \(seed), \(size)" }
    }

    private var worldPath: String { path + "/world.json" }

    func openJournal<Entry>(of _: Entry.Type) throws(SandboxError) -> JournalFile<Entry> {
        try JournalFile(path: path + "/journal.ndjson", folder: path)
    }

    /// Finds out which world is kept here and records the one asked for if none is.
    ///
    /// To be called with the journal locked, so that two processes do not both choose.
    func world<Size>(seed: UInt64?, size: Size?, otherwise: Size) throws(SandboxError) -> Recorded<Size> {
        if let recorded = try recorded(of: Size.self) {
            let asked = Recorded(seed: seed ?? recorded.seed, size: size ?? recorded.size)
            guard asked == recorded else {
                throw .worldDiffers(path: path, recorded: recorded.description, asked: asked.description)
            }
            return recorded
        }
        let chosen = Recorded(seed: seed ?? 1, size: size ?? otherwise)
        do {
            try JSONEncoder().encode(chosen).write(to: URL(filePath: worldPath), options: .atomic)
        } catch {
            throw .folderUnusable(path: path, reason: "world.json cannot be written")
        }
        return chosen
    }

    private func recorded<Size>(of _: Size.Type) throws(SandboxError) -> Recorded<Size>? {
        guard FileManager.default.fileExists(atPath: worldPath) else { return nil }
        do {
            return try JSONDecoder().decode(Recorded<Size>.self, from: Data(contentsOf: URL(filePath: worldPath)))
        } catch {
            throw .folderUnusable(path: path, reason: "world.json is not readable as a sandbox’s")
        }
    }
}
