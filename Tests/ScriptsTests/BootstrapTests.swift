import Foundation
import Testing

/// The set-up that `./max` and `make test` share, on machines that only pretend.
struct BootstrapTests {
    private let home: TemporaryFolder

    init() throws {
        home = try TemporaryFolder()
        try home.copy("Scripts")
        try home.write("bin/git", "", executable: true)
        try home.write("bin/ld", "", executable: true)
        try home.write("bin/apt-get", "#!/bin/bash\necho \"$*\" >>\"${0%/*}/../apt\"\n", executable: true)
        try home.write("bin/sudo", "#!/bin/bash\nexec \"${@:2}\"\n", executable: true)
        for tool in ["bash", "dirname", "env", "grep", "mkdir", "tail", "cat"] {
            let place = ["/usr/bin", "/bin"].map { "\($0)/\(tool)" }
                .first { FileManager.default.isExecutableFile(atPath: $0) }
            try FileManager.default.createSymbolicLink(
                atPath: home.url.appending(path: "bin/\(tool)").path(), withDestinationPath: #require(place))
        }
    }

    private func bootstrap(_ packages: String...) throws -> (status: Int32, output: String, errors: String) {
        try ScriptRun("Scripts/bootstrap.sh", packages, in: home, path: home.url.appending(path: "bin").path()).end()
    }

    private func install(swift version: String) throws {
        try home.write("bin/swift", "#!/bin/bash\necho \"Swift version \(version)\"\n", executable: true)
    }

    @Test func `says what to install when there is no Swift`() throws {
        let run = try bootstrap()
        #expect(run.status == 1)
        #expect(run.errors.contains("there is none on the PATH"))
        #expect(run.errors.contains("https://www.swift.org/install"))
    }

    @Test(arguments: ["5.10.1", "6.0", "6.1.3-dev"]) func `refuses an old Swift`(version: String) throws {
        try install(swift: version)
        let run = try bootstrap()
        #expect(run.status == 1)
        #expect(run.errors.contains("Max needs Swift 6.2 or newer"))
    }

    @Test(arguments: ["6.2", "6.3.1", "6.10", "7.0"]) func `says nothing when all is there`(version: String) throws {
        try install(swift: version)
        let run = try bootstrap("bash")
        #expect(run.status == 0)
        #expect(run.errors + run.output == "")
        #expect(home.read("apt") == "")
    }

    @Test func `installs what is missing with apt`() throws {
        try install(swift: "6.3")
        let run = try bootstrap("bash", "nothing-of-that-name")
        #expect(run.status == 0)
        #expect(run.errors == "Installing nothing-of-that-name…\n")
        #expect(home.read("apt").contains("-q update\n"))
        #expect(home.read("apt").hasSuffix("install -y --no-install-recommends nothing-of-that-name\n"))
    }

    @Test func `prints the one command when apt cannot`() throws {
        try install(swift: "6.3")
        try home.write("bin/apt-get", "#!/bin/bash\necho 'E: No such package'\nexit 100\n", executable: true)
        let run = try bootstrap("nothing-of-that-name")
        #expect(run.status == 1)
        #expect(run.errors.contains("E: No such package"))
        #expect(run.errors.contains("apt-get install -y nothing-of-that-name\n"))
    }
}
