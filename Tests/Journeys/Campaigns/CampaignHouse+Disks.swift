import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// Disks that take nothing any more: file systems of a test's own.
extension CampaignHouse {
    /// Uses the project on a disk without room.
    func fillDisk() async throws {
        let said = try await onDisk("cat /dev/zero >filling 2>/dev/null", "rm filling")
        #expect(!said.contains("disk I/O error"), "\(said)")
        #expect(said.contains("is full"), "\(said)")
        #expect(said.contains("Make room"), "\(said)")
    }

    /// Uses the project on a disk that cannot be written.
    func protectDisk() async throws {
        let said = try await onDisk("mount -o remount,ro .", "mount -o remount,rw .")
        #expect(said.contains("show 0"), "\(said)")
        #expect(said.contains("cannot be opened for writing"), "\(said)")
    }

    /// Moves the project to a disk of its own, does there what people do while something is wrong with it, and moves it
    /// back.
    ///
    /// - Returns: What was said meanwhile.
    private func onDisk(_ wrong: String, _ mended: String) async throws -> String {
        let words = """
            set -e; mkdir disk; mount -t tmpfs -o size=40m,mode=700 none disk
            cp -a max.json .max disk/; cd disk; set +e
            \(wrong)
            "$MAX" show acme-dana --json; echo "show $?"
            "$MAX" sync acme-dana; echo "sync $?"
            "$MAX" vault rotate; echo "rotate $?"
            "$MAX" backup house.backup; echo "backup $?"
            timeout 2 "$MAX" serve --listen 127.0.0.1:0; echo "serve $?"
            \(mended)
            set -e; cd ..; rm -r .max; cp -a disk/.max .; echo "moved back"
            """
        var run = place.run(
            ["--user", "--map-root-user", "--mount", "sh", "-c", words],
            environment: [
                "MAX": TerminalProgram.built("max"), "MAX_BACKUP_PASSPHRASE": "correct horse battery",
            ])
        run.program = "/usr/bin/unshare"
        let end = try await run.finish()
        #expect(end.status == .exited(0) && end.out.hasSuffix("moved back\n"), "\(end)")
        for failed in ["sync 1", "rotate 1", "backup 1"] { #expect(end.out.contains(failed), "\(failed): \(end)") }
        return end.out + end.err
    }
}
