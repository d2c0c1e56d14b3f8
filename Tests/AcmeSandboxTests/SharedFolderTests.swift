import BareClient
import Foundation
import SandboxKit
import Testing

@testable import AcmeSandbox

struct SharedFolderTests {
    @Test func `shows two servers of one folder each other’s changes`() async throws {
        try await withFolder { folder in
            let options = AcmeSandboxOptions(dataFolder: folder)
            try await AcmeSandbox.serve(options) { one in
                try await AcmeSandbox.serve(options) { other in
                    #expect(one.port != other.port)
                    #expect(one.key == other.key)
                    let (here, there) = (AcmeProbe(one), AcmeProbe(other))
                    let path = try await "/api/v1/projects/\(here.firstProject())"
                    _ = try await here.patch(path, #"{"name": "From here"}"#)
                    #expect(try await there.get(path).json["name"].text == "From here")
                    let made = try await there.post(path + "/tasks", #"{"title": "From there"}"#).json
                    let also = try await here.post(path + "/tasks", #"{"title": "From here"}"#).json
                    #expect(made["id"] != also["id"])
                    #expect(try await here.get("/api/v1/tasks/\(made["id"].text)").json == made)
                    #expect(try await there.get("/api/v1/tasks/\(also["id"].text)").json == also)
                }
            }
        }
    }

    @Test func `loses no change of many writers at once`() async throws {
        try await withFolder { folder in
            let options = AcmeSandboxOptions(dataFolder: folder)
            try await AcmeSandbox.serve(options) { one in
                try await AcmeSandbox.serve(options) { other in
                    let path = try await "/api/v1/projects/\(AcmeProbe(one).firstProject())/tasks"
                    let ids = try await withThrowingTaskGroup(of: String.self) { group in
                        for number in 0..<24 {
                            let probe = AcmeProbe(number.isMultiple(of: 2) ? one : other)
                            let task = #"{"title": "Number \#(number)"}"#
                            group.addTask { try await probe.post(path, task).json["id"].text }
                        }
                        return try await group.reduce(into: Set<String>()) { $0.insert($1) }
                    }
                    #expect(ids.count == 24)
                    for acme in [one, other] {
                        let listed = try await AcmeProbe(acme).all(path, limit: 50).map { $0["id"].text }
                        #expect(ids.isSubset(of: listed))
                        #expect(Set(listed).count == listed.count)
                    }
                }
            }
        }
    }

    @Test func `keeps its changes and its counted keys over a restart`() async throws {
        try await withFolder { folder in
            let path = try await AcmeSandbox.serve(AcmeSandboxOptions(seed: 8, dataFolder: folder)) { acme in
                let counted = AcmeProbe(acme, key: acme.key(.revokedAfterFive))
                for _ in 1...3 { _ = try await counted.get("/api/v1/me") }
                let path = try await "/api/v1/projects/\(AcmeProbe(acme).firstProject())"
                _ = try await AcmeProbe(acme).patch(path, #"{"status": "paused"}"#)
                return path
            }
            try await AcmeSandbox.serve(AcmeSandboxOptions(dataFolder: folder)) { acme in
                #expect(try await AcmeProbe(acme).get(path).json["status"].text == "paused")
                let counted = AcmeProbe(acme, key: acme.key(.revokedAfterFive))
                let statuses = [
                    try await counted.get("/api/v1/me").status, try await counted.get("/api/v1/me").status,
                    try await counted.get("/api/v1/me").status,
                ]
                #expect(statuses == [200, 200, 401])
            }
        }
    }

    @Test func `ignores the half line of a killed writer and writes over it`() async throws {
        try await withFolder { folder in
            try await AcmeSandbox.serve(AcmeSandboxOptions(dataFolder: folder)) { acme in
                let probe = AcmeProbe(acme)
                let path = try await "/api/v1/projects/\(probe.firstProject())"
                _ = try await probe.patch(path, #"{"name": "Before"}"#)
                let journal = folder + "/journal.ndjson"
                let handle = try #require(FileHandle(forWritingAtPath: journal))
                try handle.seekToEnd()
                try handle.write(contentsOf: Data(#"{"at":1,"event":{"changed":{"kind":"pro"#.utf8))
                try handle.close()
                #expect(try await probe.get(path).json["name"].text == "Before")
                _ = try await probe.patch(path, #"{"name": "After"}"#)
                #expect(try await probe.get(path).json["name"].text == "After")
                let lines = try String(contentsOfFile: journal, encoding: .utf8).split(separator: "\n")
                #expect(lines.count == 2)
                for line in lines {
                    #expect(throws: Never.self) { try JSONDecoder().decode(JournalEntry.self, from: Data(line.utf8)) }
                }
            }
            try await AcmeSandbox.serve(AcmeSandboxOptions(dataFolder: folder)) { acme in
                let probe = AcmeProbe(acme)
                let path = try await "/api/v1/projects/\(probe.firstProject())"
                #expect(try await probe.get(path).json["name"].text == "After")
            }
        }
    }

    @Test func `refuses to open a folder as another world`() async throws {
        try await withFolder { folder in
            _ = try AcmeSandbox(AcmeSandboxOptions(seed: 5, size: .medium, dataFolder: folder))
            #expect(throws: Never.self) { try AcmeSandbox(AcmeSandboxOptions(dataFolder: folder)) }
            #expect(throws: Never.self) { try AcmeSandbox(AcmeSandboxOptions(seed: 5, dataFolder: folder)) }
            let error = #expect(throws: SandboxError.self) {
                try AcmeSandbox(AcmeSandboxOptions(seed: 6, dataFolder: folder))
            }
            #expect(error?.description.contains("seed 5") == true)
            #expect(error?.description.contains("seed 6") == true)
        }
    }

    @Test func `keeps its folder to its owner`() async throws {
        try await withFolder { folder in
            _ = try AcmeSandbox(AcmeSandboxOptions(dataFolder: folder))
            let mode = { (path: String) in
                try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            }
            #expect(try mode(folder) == 0o700)
            #expect(try mode(folder + "/journal.ndjson") == 0o600)
        }
    }

    /// Lends a folder that does not exist yet and is gone afterwards.
    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "acme-\(UUID().uuidString)/data").path()
        defer { try? FileManager.default.removeItem(atPath: String(folder.dropLast("/data".count))) }
        try await body(folder)
    }
}
