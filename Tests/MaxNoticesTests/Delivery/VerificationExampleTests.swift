import Foundation
import MaxCore
import Testing

@testable import MaxNotices

/// The example with which Documentation/Notices.md shows receivers how to check a webhook.
struct VerificationExampleTests {
    private static let page = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Documentation/Notices.md")

    @Test func `a receiver that follows the example believes what Max signs, and nothing else`() throws {
        let text = try String(contentsOf: Self.page, encoding: .utf8)
        let example = try #require(text.firstMatch(of: #/(?ms)^```python\n(.*?)^```/#)?.1)
        let (old, new) = (WebhookSecret.random(), WebhookSecret.random())
        let body = Data(#"{"type":"notice.test"}"#.utf8)
        let headers = try WebhookSignature.headers(
            id: "msg_1", at: Date(timeIntervalSince1970: 1_800_000_000), body, with: [new, old])
        let given = try JSON(encoding: Dictionary(uniqueKeysWithValues: headers.map { ($0.name, $0.value) })).text
        let calls = [old, new, WebhookSecret.random()].map { secret in
            secret.withText { "is_from_max('\($0)', headers, body, now=1800000100)" }
        }
        let forged = new.withText { "is_from_max('\($0)', headers, body + b' ', now=1800000100)" }
        let late = new.withText { "is_from_max('\($0)', headers, body, now=1800000400)" }
        let script = """
            \(example)
            headers = \(given)
            body = b'''\(String(decoding: body, as: UTF8.self))'''
            print(\((calls + [forged, late]).joined(separator: ", ")))
            """
        #expect(try Python.answer(to: script) == "True True False False False")
    }
}

/// The Python of this machine.
private enum Python {
    /// What a script prints.
    static func answer(to script: String) throws -> String {
        let (python, output) = (Process(), Pipe())
        python.executableURL = URL(filePath: "/usr/bin/env")
        python.arguments = ["python3", "-c", script]
        (python.standardOutput, python.standardError) = (output, FileHandle.nullDevice)
        try python.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        python.waitUntilExit()
        return String(decoding: text, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    }
}
