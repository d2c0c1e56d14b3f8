internal import ArgumentParser
internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxTerminal
internal import MaxVault
internal import MaxWire

/// `max doctor`: looks at everything that has to be right, and says what to do about what is not.
struct DoctorCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "doctor", abstract: "Check this project and this machine.")

    @OptionGroup var output: OutputOptions

    /// One thing that was looked at.
    struct Finding: Encodable, Sendable {
        let check: String
        let ok: Bool
        let detail: String
        /// What to do; nil where nothing is wrong.
        let fix: String?

        init(check: String, ok: Bool, detail: String, fix: String? = nil) {
            (self.check, self.ok, self.detail) = (check, ok, detail)
            self.fix = ok ? nil : fix
        }
    }

    func run(in program: Program) async throws {
        let findings = try await program.withDesk { desk in
            return [
                Finding(check: "project", ok: true, detail: desk.project?.folder.path ?? "none here yet"),
                desk.project.map { privacy(of: $0) }, room(desk), await vault(desk), try await store(desk),
            ].compactMap(\.self) + (await connectors(desk))
        }
        if output.json {
            program.printer.json(Reply(ok: findings.allSatisfy(\.ok), findings: findings))
        } else {
            for finding in findings {
                program.printer.line("\(finding.ok ? "✓" : "✗") \(finding.check): \(finding.detail)")
                if let fix = finding.fix { program.printer.line("  \(fix)") }
            }
        }
        if !findings.allSatisfy(\.ok) { throw ExitCode(ExitStatus.failed.rawValue) }
    }

    private func privacy(of project: Project) -> Finding {
        let attributes = try? FileManager.default.attributesOfItem(atPath: project.privateFolder.path)
        let mode = (attributes?[.posixPermissions] as? NSNumber)?.intValue ?? 0o777
        return Finding(
            check: "privacy", ok: mode & 0o077 == 0, detail: ".max has mode \(String(mode, radix: 8))",
            fix: "chmod 700 \(project.privateFolder.path)")
    }

    private func room(_ desk: Desk) -> Finding {
        let surroundings = desk.engines.surroundings
        let bounds = surroundings.diskBounds
        let fix = "Make room: below \(Phrase.size(bounds.reserve)) nothing is collected."
        return switch surroundings.headroom() {
        case .ample: Finding(check: "disk", ok: true, detail: "there is room")
        case .low(let left), .exhausted(let left):
            Finding(check: "disk", ok: false, detail: "\(Phrase.size(left)) left", fix: fix)
        }
    }

    private func vault(_ desk: Desk) async -> Finding {
        let lock = await desk.vault.lock()
        return Finding(check: "vault", ok: lock == nil, detail: lock?.sentence ?? "ready", fix: lock?.fix)
    }

    private func store(_ desk: Desk) async throws -> Finding {
        let connections = try await desk.engines.cards()
        let locked = connections.filter { $0.lock != nil }
        return Finding(
            check: "connections", ok: locked.isEmpty,
            detail: locked.isEmpty
                ? "\(connections.count)"
                : locked.map { "\($0.connection.slug) is \($0.lock?.sentence ?? "locked")" }.joined(separator: "; "),
            fix: "Put the missing key back, or reconnect.")
    }

    private func connectors(_ desk: Desk) async -> [Finding] {
        var findings: [Finding] = []
        for name in desk.registry.names {
            do {
                let connector = try await desk.registry.connector(name)
                findings.append(
                    Finding(check: "connector \(name)", ok: true, detail: "version \(connector.about.version)"))
            } catch {
                findings.append(
                    Finding(
                        check: "connector \(name)", ok: false,
                        detail: Failure(error).message))
            }
        }
        return findings
    }

    private struct Reply: Encodable {
        let ok: Bool
        let findings: [Finding]
    }
}
