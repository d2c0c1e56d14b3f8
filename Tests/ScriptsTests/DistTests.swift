import Foundation
import Testing

/// `make dist` with a compiler that only pretends.
struct DistTests {
    private let home: TemporaryFolder

    init() throws {
        home = try TemporaryFolder()
        try home.copy("Scripts", "Packaging")
        try home.write(".gitignore", "/.build/\n/bin/\n")
        try home.write("LICENSE", "As you like it.\n")
        try home.write(".build/checkouts/a-package/NOTICE.txt", "With thanks.\n")
        try home.write("bin/swift", Self.compiler, executable: true)
        try home.write("bin/strip", "#!/bin/sh\ncp \"$3\" \"$2\" && echo '# stripped' >>\"$2\"\n", executable: true)
        try home.write("bin/ldd", "#!/bin/sh\ncat bin/libraries\n", executable: true)
        try home.write("bin/libsimdjson.so.99", "a library")
        try home.write("bin/libraries", Self.libraries)
        for words in [["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "All"]] {
            try #require(try start("git", words).end().status == 0)
        }
    }

    /// Builds a `max` that knows its version and has completions.
    private static let compiler = """
        #!/bin/bash
        [[ $1 == --version ]] && { echo "Swift version 6.2.1"; exit; }
        [[ -e bin/broken ]] && { echo "/a.swift:1:1: error: no such thing"; exit 1; }
        [[ -e bin/meddling ]] && echo >>Packaging/README.md
        mkdir -p .build/release
        cat >.build/release/max <<'END'
        #!/bin/sh
        case $* in --version) echo 1.2.3 ;; completion*) echo "completions for $2, $MAX_PROJECT" ;; esac
        END
        chmod +x .build/release/max
        """

    private static let libraries = """
        \tlinux-vdso.so.1 (0x00007ffd)
        \tlibsqlite3.so.0 => /lib/libsqlite3.so.0 (0x00007f01)
        \tlibsimdjson.so.99 => bin/libsimdjson.so.99 (0x00007f02)
        \tlibc.so.6 => /lib/libc.so.6 (0x00007f03)
        \t/lib64/ld-linux-x86-64.so.2 (0x00007f04)

        """

    #if arch(arm64)
        private static let name = "max-1.2.3-linux-aarch64"
    #else
        private static let name = "max-1.2.3-linux-x86_64"
    #endif

    private func start(_ command: String, _ arguments: [String], folder: String = ".") throws -> ScriptRun {
        let path = "\(home.url.path())/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
        let environment = [
            "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "Dana", "GIT_AUTHOR_EMAIL": "dana@acme.test",
            "GIT_COMMITTER_NAME": "Dana", "GIT_COMMITTER_EMAIL": "dana@acme.test",
            "GIT_COMMITTER_DATE": "2026-01-02T03:04:05Z", "SOURCE_DATE_EPOCH": "", "MAX_PROJECT": "elsewhere",
        ]
        return try ScriptRun(command, arguments, in: home, path: path, environment: environment, folder: folder)
    }

    private func dist(
        after preparation: String = ":"
    ) throws -> (status: Int32, output: String, errors: String) {
        try start("bash", ["-c", "\(preparation); Scripts/dist.sh"]).end()
    }

    /// What the archive holds, as `tar` lists it: mode, owner, size, date, time, path.
    private func entries() throws -> [[String]] {
        let list = ["--list", "--verbose", "--utc", "--full-time", "--file", ".build/dist/\(Self.name).tar.gz"]
        return try start("tar", list).end().output.split(separator: "\n")
            .map { $0.split(separator: " ").map(String.init) }
    }

    @Test func `makes one archive that has everything, with the right modes`() throws {
        let run = try dist()
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output == ".build/dist/\(Self.name).tar.gz\n.build/dist/SHA256SUMS\n")
        let entries = try entries()
        #expect(entries.allSatisfy { $0[1] == "0/0" && $0[3...4] == ["2026-01-02", "03:04:05"] })
        #expect(entries.filter { $0[0].hasPrefix("d") }.allSatisfy { $0[0] == "drwxr-xr-x" })
        let files = entries.filter { !$0[0].hasPrefix("d") }
        #expect(
            files.map { "\($0[0]) \($0[5].dropFirst(Self.name.count))" } == [
                "-rwxr-xr-x /bin/max",
                "-rw-r--r-- /lib/max/libsimdjson.so.99",
                "-rw-r--r-- /lib/systemd/system/max.service",
                "-rw-r--r-- /lib/systemd/user/max.service",
                "-rw-r--r-- /share/bash-completion/completions/max",
                "-rw-r--r-- /share/doc/max/LICENSE",
                "-rw-r--r-- /share/doc/max/README.md",
                "-rw-r--r-- /share/doc/max/licences/a-package/NOTICE.txt",
                "-rw-r--r-- /share/fish/vendor_completions.d/max.fish",
                "-rw-r--r-- /share/zsh/site-functions/_max",
            ])
    }

    @Test func `what it makes runs where it is unpacked, and its checksum verifies`() throws {
        #expect(try dist().status == 0)
        #expect(home.files(under: ".build/dist") == ["SHA256SUMS", "\(Self.name).tar.gz"].sorted())
        #expect(try start("sha256sum", ["--check", "SHA256SUMS"], folder: ".build/dist").end().status == 0)
        let archive = ".build/dist/\(Self.name).tar.gz"
        try home.write("bin/unpacked/empty", "")
        let unpacking = ["--extract", "--file", archive, "--directory", "bin/unpacked", "--strip-components=1"]
        #expect(try start("tar", unpacking).end().status == 0)
        #expect(try start("bin/unpacked/bin/max", ["--version"]).end().output == "1.2.3\n")
        #expect(home.read("bin/unpacked/bin/max").hasSuffix("# stripped\n"))
        #expect(home.read("bin/unpacked/lib/max/libsimdjson.so.99") == "a library")
        #expect(home.read("bin/unpacked/share/zsh/site-functions/_max") == "completions for zsh, \n")
    }

    @Test func `the same sources give the same archive`() throws {
        #expect(try dist().status == 0)
        let first = home.read(".build/dist/SHA256SUMS")
        #expect(try dist(after: "umask 077; touch Packaging/*").status == 0)
        #expect(home.read(".build/dist/SHA256SUMS") == first)
        #expect(first.contains(Self.name))
    }

    @Test(arguments: ["echo >>Packaging/README.md", "touch Packaging/new", "rm LICENSE"])
    func `refuses a clone with changes, and leaves no archive of before`(change: String) throws {
        #expect(try dist().status == 0)
        let run = try dist(after: change)
        #expect(run.status == 1)
        #expect(run.errors.hasPrefix("An archive is made of what is committed, and this is not:\n"))
        #expect(home.files(under: ".build/dist").isEmpty)
    }

    @Test func `refuses sources that changed while they were built`() throws {
        let run = try dist(after: "touch bin/meddling")
        #expect(run.status == 1)
        #expect(run.errors.contains(" M Packaging/README.md\n"))
        #expect(home.files(under: ".build/dist").isEmpty)
    }

    @Test func `makes nothing when the build fails, though there is a binary of before`() throws {
        #expect(try dist().status == 0)
        let run = try dist(after: "touch bin/broken")
        #expect(run.status == 1)
        #expect(run.errors.contains("/a.swift:1:1: error: no such thing"))
        #expect(home.files(under: ".build/dist").isEmpty)
    }

    @Test func `refuses a binary that needs what people may not have`() throws {
        try home.write("bin/libraries", "\tlibqrencode.so.4 => /lib/libqrencode.so.4 (0x00007f01)\n")
        let run = try dist()
        #expect(run.status == 1)
        #expect(run.errors.contains("libqrencode.so.4"))
        #expect(home.files(under: ".build/dist").isEmpty)
    }

    @Test func `takes sources without git as they are, dated as it is told`() throws {
        #expect(try dist(after: "rm -r .git; export SOURCE_DATE_EPOCH=86400").status == 0)
        #expect(try entries().allSatisfy { $0[3...4] == ["1970-01-02", "00:00:00"] })
    }
}
