import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// Syncs on a disk that is full, or that cannot be written: a small file system of the test's own.
struct DiskTests {
    @Test func `a full disk ends in a sentence, and the sync goes on when there is room`() async throws {
        try await withAcme(AcmeSandboxOptions(seed: 5, size: .large)) { place, acme in
            _ = try await place.connecting(acme, key: nil, "--no-sync").finish().reply(0)
            let outcome = try await onDisk(
                of: "3m", place,
                """
                "$MAX" sync acme-dana >../said 2>&1; echo "exit $?"; cat ../said
                sqlite3 .max/max.db 'PRAGMA integrity_check; SELECT count(*) > 0 FROM AcmeUser'
                mount -o remount,size=200m .
                "$MAX" sync acme-dana --json >../reply 2>&1; echo "exit $?"
                sqlite3 .max/max.db 'PRAGMA integrity_check; SELECT count(*) FROM AcmeTask'
                """)
            let lines = outcome.out.split(separator: "\n").map(String.init)
            #expect(lines.first == "exit 1", "\(outcome)")
            #expect(outcome.out.contains("is full"), "\(outcome)")
            #expect(outcome.out.contains("Make room"), "\(outcome)")
            #expect(lines.filter { $0 == "ok" }.count == 2, "\(outcome)")
            #expect(lines.suffix(3).first == "exit 0", "\(outcome)")
            let desk = try await AcmeDesk(acme)
            let tasks = try await desk.everything()["AcmeTask"]?.count
            #expect(lines.last == tasks.map { "\($0)" }, "\(outcome)")
        }
    }

    @Test func `a disk that cannot be written ends in a sentence, and what is there can be read`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme)
            let outcome = try await onDisk(
                of: "50m", place,
                """
                ls .max | grep max.db
                mount -o remount,ro .
                "$MAX" show acme-dana --json; echo "read $?"
                "$MAX" sync acme-dana; echo "exit $?"
                """)
            #expect(outcome.out.hasPrefix("max.db\n{"), "\(outcome)")
            #expect(outcome.out.contains("read 0"), "\(outcome)")
            #expect(outcome.out.contains("exit 1"), "\(outcome)")
            #expect(outcome.err.contains("cannot be opened for writing"), "\(outcome)")
            #expect(outcome.err.contains("Make its folder writable"), "\(outcome)")
        }
    }

    /// Runs a script in a copy of the project on a file system of that size, which nobody else sees and which ends with it.
    private func onDisk(of size: String, _ place: Playground, _ script: String) async throws -> Outcome {
        let words = """
            set -e; mkdir disk; mount -t tmpfs -o size=\(size),mode=700 none disk
            cp -a max.json .max disk/; cd disk; set +e
            \(script)
            """
        var run = place.run(
            ["--user", "--map-root-user", "--mount", "sh", "-c", words],
            environment: ["MAX": TerminalProgram.built("max"), "MAX_DISK_RESERVE": "0"])
        run.program = "/usr/bin/unshare"
        return try await run.finish()
    }
}
