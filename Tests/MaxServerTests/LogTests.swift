import Foundation
import HTTPTypes
import HummingbirdTesting
import Logging
import MaxAccess
import MaxCore
import MaxHub
import Testing

@testable import MaxServer

struct LogTests {
    private func line(_ form: ServerSettings.LogForm, _ message: String, _ metadata: Logger.Metadata) -> String {
        let journal = Journal()
        let logger = Logger(label: "test") { _ in
            LogLine(form, now: { Date(timeIntervalSince1970: 1_770_000_000) }, write: journal.note)
        }
        logger.info("\(message)", metadata: metadata)
        return journal.lines.joined(separator: "¶")
    }

    @Test(arguments: [
        "a\nb", "a\r\nb", "a\u{2028}b", "a\u{1B}[31mb", "a\u{0}b", "a\u{202E}b", "a\"b\\", "a\u{85}b", "😀",
    ])
    func `keeps whatever it is told on one line`(text: String) throws {
        for form in ServerSettings.LogForm.allCases {
            let line = line(form, text, ["value": "\(text)", text: "x"])
            #expect(line.hasSuffix("\n"))
            let inside = line.dropLast().unicodeScalars
            #expect(!inside.contains { $0.value < 0x20 || [0x7F, 0x85, 0x2028, 0x2029, 0x202E].contains($0.value) })
        }
        let json = try JSON(parsing: Data(line(.json, text, ["value": "\(text)"]).utf8))
        #expect(json["message"] == .string(text))
        #expect(json["value"] == .string(text))
    }

    @Test func `is for people or for programs`() {
        #expect(
            line(.text, "GET /", ["b": "two words", "a": "1"])
                == "2026-02-02T02:40:00.000Z info GET / a=1 b=\"two words\"\n")
        #expect(
            line(.json, "GET /", ["a": "1"])
                == #"{"time":"2026-02-02T02:40:00.000Z","level":"info","message":"GET /","a":"1"}"# + "\n")
    }

    @Test func `notes each request on one line without its query, its tokens and its body`() async throws {
        try await Site.with { site in
            let owner = try await site.signIn()
            let link = try await site.access.makeWelcomeLink()
            try await site.asking { client in
                let headers: HTTPFields = [
                    .cookie: "max=\(owner.token.text)", .userAgent: "planted", .authorization: "Bearer planted",
                ]
                let path = "/echo/\(link.text)?token=planted#planted"
                try await client.execute(uri: path, method: .get, headers: headers) { #expect($0.status == .ok) }
                try await client.execute(uri: "/nowhere%0Aplain?planted", method: .get) { _ in }
            }
            let lines = site.journal.lines
            #expect(lines.count == 2)
            #expect(lines[0].contains("GET /echo/mxw_… ") && lines[0].contains("status=200"))
            #expect(lines[0].contains("request=req_"))
            let all = lines.joined()
            #expect(!all.contains("planted"))
            #expect(!all.contains(owner.token.text.dropFirst(4)) && !all.contains(link.text.dropFirst(4)))
        }
    }

    @Test func `keeps a request's line on one line when its bytes are hostile`() async throws {
        try await Site.with { site in
            try await site.serving { port, _ in
                _ = try await Line.say(
                    "GET /a\u{1B}[2Jb\u{85}c HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", to: port)
            }
            for line in site.journal.lines {
                #expect(!line.dropLast().unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x85 })
            }
        }
    }

    @Test func `waits for no file that takes nothing, and writes in order to one that does`() async throws {
        let pipe = Pipe()
        let drain = LogDrain(to: pipe.fileHandleForWriting, room: 100)
        let long = String(repeating: "x", count: 4000)
        for number in 0..<200 { drain.take("\(number) \(long)\n") }
        await drain.settle(within: .milliseconds(1))
        let reading = Task { try pipe.fileHandleForReading.readToEnd() }
        await drain.settle(within: .seconds(60))
        try pipe.fileHandleForWriting.close()
        let text = String(decoding: try await reading.value ?? Data(), as: UTF8.self)
        let numbers = text.split(separator: "\n").compactMap { Int($0.prefix { $0 != " " }) }
        #expect(numbers.prefix(100) == Array(0..<100)[...])
        #expect(numbers == numbers.sorted() && numbers.count < 200)
    }

    @Test func `outlives a file that is gone, and one that is full`() async throws {
        let gone = Pipe().fileHandleForWriting
        try gone.close()
        for file in [gone, try #require(FileHandle(forWritingAtPath: "/dev/full"))] {
            let drain = LogDrain(to: file)
            drain.take("a line\n")
            await drain.settle(within: .seconds(60))
        }
    }
}
