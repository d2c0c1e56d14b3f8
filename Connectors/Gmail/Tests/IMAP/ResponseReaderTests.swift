import Foundation
import Testing

@testable import GmailConnector

struct ResponseReaderTests {
    private static let table: [(String, IMAPResponse)] = [
        ("* OK ready\r\n", .status(IMAPStatus(kind: .ok, text: "ready"))),
        ("* ok ready\n", .status(IMAPStatus(kind: .ok, text: "ready"))),
        (
            "a1 NO [AUTHENTICATIONFAILED] Nope.\r\n",
            .done(tag: "a1", IMAPStatus(kind: .no, code: "AUTHENTICATIONFAILED", text: "Nope."))
        ),
        (
            "* OK [UIDVALIDITY 17] stable\r\n",
            .status(IMAPStatus(kind: .ok, code: "UIDVALIDITY", argument: "17", text: "stable"))
        ),
        ("* OK counts to {5}\r\n", .status(IMAPStatus(kind: .ok, text: "counts to {5}"))),
        ("a2 OK done {3}\r\n", .done(tag: "a2", IMAPStatus(kind: .ok, text: "done {3}"))),
        ("* BYE\r\n", .status(IMAPStatus(kind: .bye))),
        ("+ go ahead {2}\r\n", .goOn("go ahead {2}")),
        ("+\r\n", .goOn("")),
        ("* 12 EXISTS\r\n", .data("EXISTS", number: 12, [])),
        ("* SEARCH\r\n", .data("SEARCH", number: nil, [])),
        ("* SEARCH 1 2\r\n", .data("SEARCH", number: nil, [.atom("1"), .atom("2")])),
        (
            "* LIST (\\HasNoChildren) \"/\" \"a \\\"b\\\" \\\\c\"\r\n",
            .data(
                "LIST", number: nil,
                [.list([.atom("\\HasNoChildren")]), .string(Data("/".utf8)), .string(Data("a \"b\" \\c".utf8))])
        ),
        (
            "* LIST () NIL {3}\r\na\r\n\r\n",
            .data("LIST", number: nil, [.list([]), .atom("NIL"), .string(Data("a\r\n".utf8))])
        ),
        (
            "* 3 FETCH (UID 7 BODY[HEADER.FIELDS (DATE \"FROM\")] {0}\r\n FLAGS (\\Seen $x))\r\n",
            .data(
                "FETCH", number: 3,
                [
                    .list([
                        .atom("UID"), .atom("7"), .atom("BODY[HEADER.FIELDS (DATE \"FROM\")]"), .string(Data()),
                        .atom("FLAGS"), .list([.atom("\\Seen"), .atom("$x")]),
                    ])
                ])
        ),
        (
            "* 1 FETCH (BODY[]<0> ~{2}\r\n\u{0}x)\r\n",
            .data("FETCH", number: 1, [.list([.atom("BODY[]<0>"), .string(Data([0, 0x78]))])])
        ),
        (
            "* VANISHED (EARLIER) 3:5,9\r\n",
            .data("VANISHED", number: nil, [.list([.atom("EARLIER")]), .atom("3:5,9")])
        ),
    ]

    @Test(arguments: 0..<Self.table.count)
    func `reads a response`(row: Int) throws {
        let (text, response) = Self.table[row]
        var reader = ResponseReader()
        reader.feed(Data(text.utf8))
        #expect(try reader.next() == response)
        #expect(try reader.next() == nil)
        #expect(!reader.hasRest)
    }

    @Test(
        arguments: [
            "\r\n", "* \r\n", "*\r\n", "a1\r\n", "a1 FINE\r\n", "* 12\r\n", "* LIST (\r\n", "* LIST )\r\n",
            "* LIST \"abc\r\n", "* LIST \"abc\\\r\n", "* LIST (a))\r\n", "HTTP/1.1 400 Bad Request\r\n",
            "220 mail ESMTP\r\n", "* LIST () \"/\" \"a{2}\r\nxx\r\n", "* LIST a \"\u{1}\r\n", "* LIST {2\r\n",
        ])
    func `refuses what is no response`(text: String) {
        var reader = ResponseReader()
        reader.feed(Data(text.utf8))
        #expect(throws: IMAPFault.self) { while try reader.next() != nil {} }
    }

    @Test func `keeps its limits`() {
        var limits = IMAPLimits()
        (limits.line, limits.idLine, limits.literal, limits.depth, limits.values) = (100, 1_000, 50, 4, 20)
        func fault(_ text: String) -> IMAPFault? {
            var reader = ResponseReader(limits: limits)
            reader.feed(Data(text.utf8))
            do { while try reader.next() != nil {} } catch { return error as? IMAPFault }
            return nil
        }
        #expect(fault("* OK " + String(repeating: "x", count: 96)) == .endlessLine)
        #expect(fault("* OK " + String(repeating: "x", count: 90) + "\r\n") == nil)
        #expect(fault("* SEARCH " + String(repeating: "1 ", count: 15) + "\r\n") == nil)
        #expect(fault("* SEARCH " + String(repeating: "1", count: 500)) == nil)
        #expect(fault("* SEARCH " + String(repeating: "1", count: 1_000)) == .endlessLine)
        #expect(fault("* SEARCH " + String(repeating: "1 ", count: 21) + "\r\n") == .tooMuch)
        #expect(fault("* X {51}\r\n") == .largeLiteral(51))
        #expect(fault("* X {99999999999999999999999}\r\n") == .largeLiteral(.max))
        #expect(fault("* X (((\r\n") == .garbled)
        #expect(fault("* X ((((a))))\r\n") == .tooDeep)
        #expect(fault("* X {2}\r\nab" + String(repeating: " {2}\r\nab", count: 20) + "\r\n") == .tooMuch)
    }

    /// One conversation with a bit of everything, cut at random places: it always reads the same.
    @Test(arguments: 0..<60)
    func `reads the same wherever the bytes are cut`(seed: UInt64) throws {
        let text = Self.table.map(\.0).joined()
        let wanted = Self.table.map(\.1)
        var random = SeededRandom(seed)
        var rest = Data(text.utf8)[...]
        var reader = ResponseReader()
        var found: [IMAPResponse] = []
        while !rest.isEmpty {
            let count = min(rest.count, Int.random(in: 1...(seed % 2 == 0 ? 3 : 60), using: &random))
            reader.feed(Data(rest.prefix(count)))
            rest = rest.dropFirst(count)
            while let response = try reader.next() { found.append(response) }
        }
        #expect(found == wanted)
        #expect(!reader.hasRest)
    }

    /// The same with bytes turned: it reads something or refuses, and never falls over.
    @Test(arguments: 0..<200)
    func `falls over nothing`(seed: UInt64) {
        var random = SeededRandom(seed)
        var bytes = Array(Self.table.map(\.0).joined().utf8)
        for _ in 0..<Int.random(in: 1...20, using: &random) {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] =
                [0x28, 0x29, 0x22, 0x5c, 0x7b, 0x7d, 0x0a, 0x0d, 0x5b, 0x5d, 0x30, 0xff].randomElement(using: &random)
                ?? 0
        }
        var reader = ResponseReader()
        var rest = bytes[...]
        var count = 0
        do {
            while !rest.isEmpty {
                reader.feed(Data(rest.prefix(7)))
                rest = rest.dropFirst(7)
                while try reader.next() != nil { count += 1 }
            }
        } catch { #expect(error is IMAPFault) }
        #expect(count <= bytes.count)
    }
}

/// Random numbers that are the same in every run (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var word = state
        word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
        word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
        return word ^ (word >> 31)
    }
}
