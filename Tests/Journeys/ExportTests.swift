import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// Records written into files.
struct ExportTests {
    @Test func `every entity becomes a file with all its records`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, syncing: true)
            let reply = try await place.max("export", "acme-dana", "--to", "backup", "--json").reply(0)
            let files = try #require(reply["files"]?.array)
            #expect(
                files.compactMap { $0["entity"]?.string } == ["AcmeWorkspace", "AcmeUser", "AcmeProject", "AcmeTask"])
            var sum: Int64 = 0
            for file in files {
                let path = try #require(file["path"]?.string)
                let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
                #expect(.integer(Int64(lines.count)) == file["records"])
                #expect(try JSON(parsing: Data(lines[0].utf8))["entity"] == file["entity"])
                sum += Int64(lines.count)
            }
            #expect(try await place.stored() == Int(sum))
            #expect(try place.mode("backup/AcmeTask.ndjson") == 0o600)
            let found = try FileManager.default.contentsOfDirectory(atPath: place.file("backup").path)
            #expect(found.count == files.count, "\(found)")
        }
    }

    @Test func `CSV has a header and a line for each record`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, syncing: true)
            let words = try await place.max(
                "export", "all", "AcmeTask", "acmetask", "--to", "here", "--format", "csv")
            #expect(words.status == .exited(0) && words.out.contains("here/AcmeTask.csv"))
            let text = try String(contentsOf: place.file("here/AcmeTask.csv"), encoding: .utf8)
            let count = try await place.max("count", "all", "AcmeTask", "--json").reply(0)["count"]
            #expect(text.hasPrefix("connection,id,title,") && text.hasSuffix("\r\n"))
            #expect(.integer(Int64(text.components(separatedBy: "\r\n").count - 2)) == count)
        }
    }

    @Test func `a file that is there is replaced on request only, and never by half of one`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, syncing: true)
            try FileManager.default.createDirectory(at: place.file("out"), withIntermediateDirectories: true)
            try Data("mine".utf8).write(to: place.file("out/AcmeUser.ndjson"))
            let export = ["export", "acme-dana", "--to", "out", "--json"]
            let error = try await place.run(export).finish().refusal(1)
            #expect(error["code"] == "file_exists")
            #expect(try FileManager.default.contentsOfDirectory(atPath: place.file("out").path) == ["AcmeUser.ndjson"])
            #expect(try Data(contentsOf: place.file("out/AcmeUser.ndjson")) == Data("mine".utf8))
            _ = try await place.run(export + ["--force"]).finish().reply(0)
            #expect(try Data(contentsOf: place.file("out/AcmeUser.ndjson")).first == UInt8(ascii: "{"))
        }
    }

    @Test func `an export that cannot be made is refused and leaves nothing`() async throws {
        try await withAcme { place, acme in
            try await place.connect(acme, syncing: true)
            let mistakes: [([String], Int32)] = [
                (["acme-dana", "AcmeTsk", "--to", "x"], 2), (["nobody", "--to", "x"], 2), (["acme-dana"], 2),
                (["acme-dana", "--to", "/proc/nowhere"], 1), (["acme-dana", "--to", "x", "--format", "xml"], 2),
            ]
            for (words, code) in mistakes {
                _ = try await place.run(["export"] + words + ["--json"]).finish().refusal(code)
                let left = (try? FileManager.default.contentsOfDirectory(atPath: place.file("x").path)) ?? []
                #expect(left == [], "\(words)")
            }
        }
    }
}
