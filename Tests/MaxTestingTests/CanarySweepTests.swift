import Foundation
import MaxTesting
import Testing

@Suite struct CanarySweepTests {
    private static let secret = "k7/w+2Zq9\"x4Vb8&mT3rH6nYcJ1"
    private let sweep = CanarySweep([Self.secret])

    private static var bytes: [UInt8] { Array(secret.utf8) }
    private static func base64(_ before: String) -> String { Data((before + secret + "?").utf8).base64EncodedString() }

    /// The secret in many forms, each inside other text.
    private static let forms: [String] = {
        let hex: String = bytes.map { String($0, radix: 16) }.joined()
        let escaped: String = bytes.map { "%" + String($0, radix: 16) }.joined()
        let json = (try? JSONEncoder().encode([secret])).map { String(decoding: $0, as: UTF8.self) } ?? ""
        let url: String = base64("ab").replacing("+", with: "-").replacing("/", with: "_")
        let query = secret.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let half: String = Data(bytes.suffix(13)).base64EncodedString()
        let whole: [String] = ["log: \(secret).", base64(""), base64("a"), base64("ab"), url, hex, hex.uppercased()]
        let rest: [String] = [json, query, escaped, "\(bytes)", String(secret.reversed()), half]
        let halves = [String(secret.prefix(13)), String(secret.suffix(13))]
        return (whole + rest + halves).map { "before \($0) after" }
    }()

    @Test(arguments: forms)
    func `finds a secret in every form`(text: String) { #expect(!sweep.leaks(in: text, of: "a log").isEmpty) }

    @Test func `finds a secret in UTF-16`() {
        #expect(
            !sweep.leaks(in: Self.secret.utf16.flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }, of: "memory").isEmpty)
    }

    @Test func `finds nothing in innocent text, in parts too short to tell, and in nothing at all`() {
        #expect(sweep.leaks(in: "The quick brown fox jumps over the lazy dog.", of: "a log").isEmpty)
        #expect(sweep.leaks(in: String(Self.secret.prefix(8)), of: "a log").isEmpty)
        #expect(sweep.leaks(in: "", of: "a log").isEmpty)
        #expect(CanarySweep([]).leaks(in: Self.secret, of: "a log").isEmpty)
    }

    @Test(arguments: ["whole", "its beginning", "its end", "backwards", "in base64"])
    func `finds a secret of any length by its ends`(form: String) {
        let long = (0..<4_000).map { "\(Self.secret)\($0)" }.joined()
        let shown = [
            "whole": long, "its beginning": String(long.prefix(256)), "its end": String(long.suffix(256)),
            "backwards": String(long.reversed()), "in base64": Data(long.utf8).base64EncodedString(),
        ]
        let sweep = CanarySweep([long])
        #expect(!sweep.leaks(in: "before \(shown[form] ?? "") after", of: "a log").isEmpty)
        #expect(sweep.leaks(in: Self.secret, of: "a log").isEmpty)
    }

    @Test func `tells which secret, in which form and where, and never the secret`() throws {
        let leaks = CanarySweep(["another-secret-of-its-own", Self.secret]).leaks(in: Self.secret, of: "a log")
        let leak = try #require(leaks.first)
        #expect(leak.description == "secret 2 shows in a log as clear")
        #expect(leaks.allSatisfy { !$0.description.contains(Self.secret) })
    }

    @Test func `looks into every file of a folder and at its name`() throws {
        let name = "swept-7c1d4e9a2f"
        let sweep = CanarySweep([Self.secret, name])
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder.appending(path: "a"), withIntermediateDirectories: true)
        try Data("nothing".utf8).write(to: folder.appending(path: "innocent"))
        #expect(try sweep.leaks(under: folder).isEmpty)
        try Data([0, 1, 2] + Self.bytes + [0]).write(to: folder.appending(path: "a/\(name)"))
        let places = Set(try sweep.leaks(under: folder).map { "\($0.secret) \($0.place)" })
        #expect(places == ["1 a/\(name)", "2 the name a/\(name)"])
    }
}
