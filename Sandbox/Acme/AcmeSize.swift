package import SandboxKit

/// How many of each thing a sandbox world begins with.
package struct AcmeSize: SandboxSize, Hashable {
    package var workspaces: Int
    package var users: Int
    package var projects: Int
    package var tasks: Int
    package var files: Int

    package static let small = AcmeSize(workspaces: 3, users: 24, projects: 12, tasks: 240, files: 48)
    package static let medium = AcmeSize(workspaces: 5, users: 200, projects: 60, tasks: 2_000, files: 400)
    package static let large = AcmeSize(workspaces: 12, users: 2_002, projects: 501, tasks: 10_003, files: 1_000)

    /// Clamps every count to 0…1,000,000, and to the least a tenant needs: one workspace, its two key holders,
    /// a project if there are tasks, a task if there are files.
    package init(workspaces: Int = 1, users: Int = 2, projects: Int = 0, tasks: Int = 0, files: Int = 0) {
        let bounded = { (count: Int, least: Int) in min(max(count, least), 1_000_000) }
        self.workspaces = bounded(workspaces, 1)
        self.users = bounded(users, 2)
        self.files = bounded(files, 0)
        self.tasks = bounded(tasks, files > 0 ? 1 : 0)
        self.projects = bounded(projects, self.tasks > 0 ? 1 : 0)
    }

    /// Reads `small`, `medium`, `large` or counts such as `users=2002,projects=501,tasks=10003`.
    ///
    /// What a list of counts leaves out is as in ``init(workspaces:users:projects:tasks:files:)``: one workspace,
    /// two users, nothing else.
    package init(_ text: String) throws(SandboxError) {
        switch text {
        case "small": self = .small
        case "medium": self = .medium
        case "large": self = .large
        default: self = try AcmeSize.counts(text)
        }
    }

    private static func counts(_ text: String) throws(SandboxError) -> AcmeSize {
        var counts: [Substring: Int] = [:]
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, let count = Int(pair[1]), (0...1_000_000).contains(count),
                ["workspaces", "users", "projects", "tasks", "files"].contains(pair[0]), counts[pair[0]] == nil
            else { throw .unreadableSize(text, example: "users=20,projects=5,tasks=100") }
            counts[pair[0]] = count
        }
        return AcmeSize(
            workspaces: counts["workspaces"] ?? 1, users: counts["users"] ?? 2, projects: counts["projects"] ?? 0,
            tasks: counts["tasks"] ?? 0, files: counts["files"] ?? 0)
    }
}

extension AcmeSize: CustomStringConvertible {
    package var description: String {
        "workspaces=\(workspaces),users=\(users),projects=\(projects),tasks=\(tasks),files=\(files)"
    }
}
