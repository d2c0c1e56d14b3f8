import Foundation
import MaxConnector
import MaxCore
import MaxHub
import Testing

@testable import MaxSetup

struct FieldTests {
    /// A kind, what is given, and what is stored; nil for a refusal.
    typealias Row = (kind: FieldKind, given: JSON, stored: JSON?)

    private static let options = [Choice("Red", value: "r"), Choice("Green", value: "g"), Choice("RED", value: "R")]
    private static let parts = [
        FieldSpec(name: "host", label: "Host", kind: .string),
        FieldSpec(name: "port", label: "Port", kind: .integer(minimum: 1), required: false, fallback: 80),
        FieldSpec(name: "note", label: "Note", kind: .string, required: false),
    ]
    private static let shapes = [
        FieldVariant("Key", value: "key", fields: [FieldSpec(name: "id", label: "Id", kind: .string)]),
        FieldVariant("None", value: "none", fields: []),
    ]

    @Test(
        arguments: [
            (.string, "a", "a"), (.string, " a\n", "a"), (.string, "a\u{0}b", nil), (.string, "a\nb", nil),
            (.string, "a\u{202E}b", nil), (.string, "a\u{2066}b", nil), (.string, 1, nil), (.string, ["a"], nil),
            (.email, "Dana@Acme.Test", "dana@acme.test"), (.email, "a@b@c", nil), (.email, "@b", nil),
            (.email, "a b@c", nil),
            (.integer(), "7", 7), (.integer(), 7, 7), (.integer(), "-0", 0), (.integer(), "7.5", nil),
            (.integer(), 7.5, nil),
            (.integer(), "9223372036854775807", .integer(.max)), (.integer(), "9223372036854775808", nil),
            (.integer(), "NaN", nil), (.integer(), "٧", nil), (.integer(), "1e3", nil), (.integer(), true, nil),
            (.integer(minimum: 1, maximum: 9), 0, nil), (.integer(minimum: 1, maximum: 9), 1, 1),
            (.integer(minimum: 1, maximum: 9), "9", 9), (.integer(minimum: 1, maximum: 9), "10", nil),
            (.decimal, "1.5", 1.5), (.decimal, 2, 2), (.decimal, 2.0, 2), (.decimal, "1e3", 1000),
            (.decimal, "nan", nil),
            (.decimal, "inf", nil), (.decimal, "1e400", nil), (.decimal, "0x10", nil), (.decimal, .number(.nan), nil),
            (.decimal, .number(.infinity), nil), (.decimal, "1,5", nil),
            (.boolean, "yes", true), (.boolean, "OFF", false), (.boolean, false, false), (.boolean, 1, nil),
            (.boolean, "maybe", nil),
            (.date, "2026-02-28", "2026-02-28"), (.date, "2024-02-29", "2024-02-29"), (.date, "2026-02-30", nil),
            (.date, "2026-2-3", nil), (.date, "28.02.2026", nil), (.date, "2026-13-01", nil),
            (.date, "2026-02-28T00:00:00Z", nil), (.date, 20_260_228, nil),
            (.choice(options), "r", "r"), (.choice(options), "green", "g"), (.choice(options), "red", nil),
            (.choice(options), "blue", nil), (.choice(options), ["r"], nil),
            (.choices(options), "r, g", ["r", "g"]), (.choices(options), ["g", "g"], ["g"]),
            (.choices(options), "g", ["g"]),
            (.choices(options), ["g", "x"], nil), (.choices(options), [1], nil),
            (.list(of: .integer()), "1, 2", [1, 2]), (.list(of: .integer()), [1, 2], [1, 2]),
            (.list(of: .integer()), "1,x", nil),
            (.list(of: .string), ["a\u{0}"], nil), (.list(of: .string), "a,,b", ["a", "b"]),
            (.list(of: .string), 1, nil),
            (.list(of: .list(of: .boolean)), [[true], []], [[true], []]),
            (.object(parts), ["host": "h"], ["host": "h", "port": 80]),
            (.object(parts), #"{"host":"h","port":1}"#, ["host": "h", "port": 1]), (.object(parts), ["port": 1], nil),
            (.object(parts), ["host": "h", "port": 0], nil), (.object(parts), ["host": "h", "stray": 1], nil),
            (.object(parts), "{", nil), (.object(parts), ["host": "h\u{7}"], nil), (.object(parts), ["host": nil], nil),
            (.oneOf(discriminator: "type", shapes), ["type": "key", "id": "x"], ["type": "key", "id": "x"]),
            (.oneOf(discriminator: "type", shapes), ["type": "none"], ["type": "none"]),
            (.oneOf(discriminator: "type", shapes), ["type": "none", "id": "x"], nil),
            (.oneOf(discriminator: "type", shapes), ["type": "key"], nil),
            (.oneOf(discriminator: "type", shapes), ["id": "x"], nil),
            (.oneOf(discriminator: "type", shapes), "none", nil),
        ] as [Row])
    func `stores what is right and refuses what is not`(row: Row) {
        #expect(stored(row.kind, row.given) == row.stored)
    }

    @Test(arguments: [
        ("https://Mail.Test/", "https://mail.test"), ("mail.test", "https://mail.test"),
        ("mail.test:8443/a/", "https://mail.test:8443/a"), ("HTTPS://mail.test//", "https://mail.test"),
        ("http://localhost:7117", "http://localhost:7117"), ("http://127.0.0.1", "http://127.0.0.1"),
        ("http://192.168.1.9:80/x", "http://192.168.1.9:80/x"), ("http://nas.local", "http://nas.local"),
        ("http://nas", "http://nas"), ("http://[::1]:8080", "http://[::1]:8080"),
        ("http://[fd00::1]", "http://[fd00::1]"),
        ("https://[2001:db8::1]", "https://[2001:db8::1]"), ("https://bücher.example", "https://xn--bcher-kva.example"),
        ("http://mail.test", "http://mail.test"),
        ("http://mail.example", nil), ("http://8.8.8.8", nil), ("http://134744072", nil), ("http://0x08080808", nil),
        ("http://[2001:db8::1]", nil), ("http://10.evil.example", nil), ("http://172.32.0.1", nil),
        ("https://user@mail.test", nil), ("https://user:pass@mail.test", nil),
        (#"https://evil.example\@mail.test"#, nil),
        ("https://mail.test?x=1", nil), ("https://mail.test/#top", nil), ("https://mail.test?", nil),
        ("ftp://mail.test", nil), ("javascript:alert(1)", nil), ("mailto:dana@mail.test", nil),
        ("file:///etc/passwd", nil),
        ("https://", nil), ("https://:80", nil), ("https://mail.test:0", nil), ("https://mail.test:99999", nil),
        ("https://mail..test", nil), ("https://.test", nil), ("not an address", nil), ("hello", nil),
        ("https://mail.test/a b", nil), ("https://[::1", nil), ("https://\u{202E}mail.test", nil),
    ])
    func `brings an address into its plain form or refuses it`(given: String, stored plain: String?) {
        #expect(stored(.url, .string(given)) == plain.map(JSON.string))
    }

    @Test(arguments: ["", " \n ", nil, []] as [JSON])
    func `takes a blank for no answer`(given: JSON) throws {
        let kinds: [FieldKind] = [.list(of: .string), .choices(Self.options)] + (given == [] ? [] : [.string, .url])
        for kind in kinds {
            guard case .nothing = try spec(kind).read(.plain(given)).answer else {
                Issue.record("\(given.text) answers \(kind)")
                continue
            }
        }
    }

    @Test func `refuses what is too long, of any kind`() {
        let long = String(repeating: "a", count: 4097)
        #expect(code(.string, .plain(.string(long))) == "too_long")
        #expect(code(.list(of: .string), .plain([.string(long)])) == "too_long")
        #expect(code(.secret, .secret(String(repeating: "a", count: (64 << 10) + 1))) == "too_long")
        #expect(code(.secret, .secret(String(repeating: "a", count: 64 << 10))) == nil)
        #expect(code(.secret, .secret(String(repeating: "a", count: 1 << 20))) == "too_long")
    }

    @Test func `trims a pasted secret and says so`() throws {
        let reading = try spec(.secret).read(.secret(" s3cret\r\n"))
        guard case .secret(let secret) = reading.answer else {
            Issue.record("no secret")
            return
        }
        #expect(secret.withText { $0 } == "s3cret")
        #expect(reading.notices == ["Removed a line break from the Thing you pasted."])
        #expect(try spec(.secret).read(.secret(" s3cret ")).notices == [])
    }

    @Test(arguments: ["a\nb", "a\u{0}b", "a\u{1B}[31m", "a\u{202E}b"])
    func `refuses a secret with a control character inside`(text: String) {
        #expect(code(.secret, .secret(text)) == "control_characters")
    }

    @Test func `takes a secret in plain only as text, and no secret for a plain field`() throws {
        #expect(code(.secret, .plain(7)) == "not_text")
        #expect(code(.secret, .plain(["a"])) == "not_text")
        #expect(code(.secret, .plain(["a": "b"])) == "not_text")
        #expect(code(.secret, "text") == nil)
        #expect(code(.string, .secret("x")) == "not_a_secret")
        guard case .nothing = try spec(.secret).read(.plain(nil)).answer else {
            Issue.record("null is a secret")
            return
        }
    }

    @Test func `explains a mismatch in the pattern's own words, never with the secret`() {
        var field = spec(.secret)
        field.pattern = Pattern("acme_.*", otherwise: "Those begin with acme_.")
        #expect(problem(field, .secret("hunter2"))?.sentence == "Those begin with acme_.")
        field.pattern = "acme_.*"
        field.example = "acme_3f…"
        #expect(
            problem(field, .secret("hunter2"))?.sentence == "This does not look like the Thing. It looks like acme_3f…."
        )
    }

    @Test func `takes a file that is there and small enough`() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "export.zip")
        try Data(count: 10).write(to: file)
        let path = JSON.string(file.path())
        #expect(stored(.file(maximumBytes: 10), path) == path)
        #expect(code(.file(maximumBytes: 9), .plain(path)) == "too_long")
        #expect(code(.file(maximumBytes: 10), .plain(.string(folder.path()))) == "file_missing")
        #expect(code(.file(maximumBytes: 10), "/nowhere/at/all") == "file_missing")
    }

    @Test func `attributes every refusal to its field`() {
        for (kind, given) in [
            (FieldKind.integer(), JSON.string("x")), (.object(Self.parts), ["host": "h", "port": "x"]),
        ] {
            #expect(problem(spec(kind), .plain(given))?.field == "thing")
        }
    }

    private func spec(_ kind: FieldKind) -> FieldSpec { FieldSpec(name: "thing", label: "Thing", kind: kind) }

    private func stored(_ kind: FieldKind, _ given: JSON) -> JSON? {
        do {
            guard case .plain(let value) = try spec(kind).read(.plain(given)).answer else { return nil }
            return value
        } catch { return nil }
    }

    private func problem(_ spec: FieldSpec, _ given: GivenValue) -> Problem? {
        do { _ = try spec.read(given) } catch { return error }
        return nil
    }

    private func code(_ kind: FieldKind, _ given: GivenValue) -> String? { problem(spec(kind), given)?.code }
}
