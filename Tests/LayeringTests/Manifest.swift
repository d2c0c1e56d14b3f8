import Foundation

/// What Package.swift declares, as SwiftPM understands it.
struct Manifest: Decodable {
    let targets: [Target]

    struct Target: Decodable {
        let name: String
        let type: String
        let path: String?
        let dependencies: [Dependency]

        /// Whether it is part of the product and not of its tests.
        var isOurs: Bool { type != "test" && path?.hasPrefix("Tests/") != true }
    }

    /// A target or a product, by its name; SwiftPM writes it as `{"product": ["NIOCore", "swift-nio", null, null]}`.
    struct Dependency: Decodable {
        let name: String

        init(from decoder: any Decoder) throws {
            let spelling = try decoder.singleValueContainer().decode([String: [Detail]].self)
            name = spelling.values.first?.first?.text ?? ""
        }

        private struct Detail: Decodable {
            let text: String?

            init(from decoder: any Decoder) throws {
                text = try? decoder.singleValueContainer().decode(String.self)
            }
        }
    }

    /// Asks SwiftPM.
    static func load() throws -> Manifest {
        let scratch = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: scratch) }
        let output = Pipe()
        let swift = Process()
        swift.executableURL = URL(filePath: "/usr/bin/env")
        swift.arguments = [
            "swift", "package", "--package-path", SourceTree.root.path(), "--scratch-path", scratch.path(),
            "dump-package",
        ]
        swift.standardOutput = output
        swift.standardError = FileHandle.nullDevice
        try swift.run()
        let json = try output.fileHandleForReading.readToEnd() ?? Data()
        swift.waitUntilExit()
        return try JSONDecoder().decode(Manifest.self, from: json)
    }
}
