import Foundation
import Testing

/// `./max` with a compiler that only pretends.
struct LauncherTests {
    private let home: TemporaryFolder

    init() throws {
        home = try TemporaryFolder()
        try home.copy("max", "Scripts")
        for path in ["Package.swift", "Sources/main.swift", "Sandbox/a.swift", "Connectors/A/Sources/a.swift"] {
            try home.write(path, "")
        }
        try home.write("elsewhere/note", "")
        try home.write("bin/swift", Self.compiler, executable: true)
    }

    /// Builds a `max` that says where it runs and with what.
    private static let compiler = """
        #!/bin/bash
        [[ $1 == --version ]] && { echo "Swift version 6.2.1"; exit; }
        echo "$*" >>calls
        [[ -p started ]] && { echo >started; read -r _ <gate; }
        [[ -e broken ]] && { echo "[1/2] Compiling"; echo "/a.swift:1:1: error: no such thing"; exit 1; }
        folder=.build/$3
        mkdir -p "$folder"
        printf '#!/bin/sh\\necho "${PWD##*/}: $*"\\n' >"$folder/max"
        chmod +x "$folder/max"
        """

    private func start(
        _ command: String = "./max", _ arguments: String..., environment: [String: String] = [:], folder: String = "."
    ) throws -> ScriptRun {
        let path = "\(home.url.path())/bin:\(ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")"
        return try ScriptRun(
            command, arguments, in: home, path: path, environment: environment, folder: folder)
    }

    private var builds: Int { home.read("calls").split(separator: "\n").count }

    @Test func `builds once, with one line of progress, and then only runs`() throws {
        let first = try start("./max", "ls", "a b").end()
        #expect(first.status == 0)
        #expect(first.output.hasSuffix(": ls a b\n"))
        #expect(first.errors == "Building max (first time, about five minutes)…\n")
        let second = try start().end()
        #expect(second.errors == "")
        #expect(builds == 1)
        #expect(home.read("calls").contains("-c release"))
    }

    @Test func `runs in the caller's folder, through links too`() throws {
        let link = home.url.appending(path: "bin/mx").path()
        try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: "../max")
        #expect(try start("../max", "a", folder: "elsewhere").end().output == "elsewhere: a\n")
        #expect(try start("mx", "b", folder: "elsewhere").end().output == "elsewhere: b\n")
        #expect(builds == 1)
    }

    @Test func `builds again when a source changed or went`() throws {
        _ = try start().end()
        try home.write("Connectors/A/Sources/b.swift", "let b = 1")
        let changed = try start().end()
        #expect(changed.errors == "Building max…\n")
        try FileManager.default.removeItem(at: home.url.appending(path: "Connectors/A/Sources/b.swift"))
        _ = try start().end()
        #expect(builds == 3)
    }

    @Test func `does not run what is stale when the build fails`() throws {
        _ = try start().end()
        try home.write("Sources/main.swift", "x")
        try home.write("broken", "")
        let failed = try start().end()
        #expect(failed.status == 1)
        #expect(failed.output == "")
        #expect(failed.errors.contains("/a.swift:1:1: error: no such thing"))
        #expect(failed.errors.contains(".build/max-build.log"))
    }

    @Test func `builds the debug version when it is asked to`() throws {
        let run = try start(environment: ["MAX_BUILD_CONFIGURATION": "debug"]).end()
        #expect(run.status == 0)
        #expect(home.read("calls") == "build -c debug --product max\n")
    }

    @Test func `refuses a version that there is not`() throws {
        let run = try start(environment: ["MAX_BUILD_CONFIGURATION": "fast"]).end()
        #expect(run.status == 2)
        #expect(run.errors.contains("release|debug"))
        #expect(builds == 0)
    }

    @Test func `two starts at once build once`() throws {
        let started = try Gate(at: home.url.appending(path: "started"))
        let gate = try Gate(at: home.url.appending(path: "gate"))
        let first = try start("./max", "first")
        try #require(started.wait())
        let second = try start("./max", "second")
        #expect(second.firstError() == "Waiting for another build of max to end…\n")
        gate.pass()
        #expect(first.end().output.hasSuffix("first\n"))
        #expect(second.end().output.hasSuffix("second\n"))
        #expect(builds == 1)
    }

    @Test func `an interrupted build ends, and the next start builds`() throws {
        let started = try Gate(at: home.url.appending(path: "started"))
        let gate = try Gate(at: home.url.appending(path: "gate"))
        let run = try start()
        try #require(started.wait())
        run.interrupt()
        let interrupted = run.end()
        #expect(interrupted.status == 130 || interrupted.status == SIGINT)
        #expect(interrupted.output == "")
        gate.pass()
        #expect(try start().end().status == 0)
        #expect(builds == 2)
    }
}
