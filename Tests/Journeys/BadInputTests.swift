import AcmeSandbox
import Foundation
import HostileServer
import MaxCore
import PseudoTerminal
import Testing

/// Everything a person can mistype and a provider can send: a sentence, the right exit code, and nothing stored.
struct BadInputTests {
    @Test(arguments: [
        ("my acme", "not_an_address"), ("ftp://acme.test", nil), ("https://", nil), ("", "answer_missing"),
        ("https://dana:secret@acme.test", nil), ("http://acme.test/\u{1B}[2J", nil),
    ])
    func `an address that is none is refused before anyone is called`(address: String, code: String?) async throws {
        try await withAcme { place, acme in
            let error = try await place.attempt(["--set", "baseURL=\(address)"], key: acme.key).refusal(2)
            if let code { #expect(error["code"] == .string(code)) }
            #expect(error["field"] == "baseURL")
            try place.expectNoTrace()
        }
    }

    @Test(arguments: [
        (["--listen", "here"], "--listen is no address"),
        (["--listen", "nowhere.invalid:80"], "there is no such host"),
        (["--public-url", "ftp://max.test"], "is no address of a site"),
        (["--log", "loud"], "is no form of a log"),
        (["--tls-certificate", "/dev/null", "--tls-key", "/dev/null"], "cannot be used together"),
    ])
    func `a setting of the server that cannot be right is named`(options: [String], sentence: String) async throws {
        try await withPlayground { place in
            let outcome = try await place.run(["serve"] + options).finish()
            #expect(outcome.status == .exited(2), "\(outcome)")
            #expect(outcome.err.contains(sentence), "\(outcome)")
        }
    }

    @Test(arguments: BadSecret.allCases)
    func `a secret that is none is refused, and never repeated`(secret: BadSecret) async throws {
        try await withAcme { place, acme in
            let outcome = try await place.attempt(["--set", "baseURL=\(acme.url)"], key: secret.text)
            let error = try outcome.refusal(2)
            #expect(error["field"] == "api_token" || error["missing"] != nil, "\(error)")
            #expect(secret.isBlank || !outcome.out.contains(secret.text.prefix(40)))
            try place.expectNoTrace()
        }
    }

    enum BadSecret: String, CaseIterable {
        case empty
        case blank
        case huge
        case withNUL
        case withControls
        case ofAnotherKind
        case twoLines

        var isBlank: Bool { self == .empty || self == .blank }

        var text: String {
            switch self {
            case .empty: ""
            case .blank: "   \n"
            case .huge: String(repeating: "0123456789abcdef", count: 1 << 16)
            case .withNUL: "acme_0123456789abcdef\u{0}123456789abcdef0"
            case .withControls: "acme_0123456789abcdef\u{1B}[2J456789abcdef0"
            case .ofAnotherKind: "ghp_0123456789abcdef0123456789abcdef"
            case .twoLines: "acme_0123456789abcdef\n0123456789abcdef"
            }
        }
    }

    @Test func `the line break of a paste is trimmed, and that is said`() async throws {
        try await withAcme { place, acme in
            let setup = try await place.startFlow(acme)
            let reply = try await place.answer(setup, "--secret-stdin", "api_token", input: "\(acme.key)\n")
            #expect(reply.at("view.choice.field") == "platform.allow_host")
            #expect(reply.at("view.notices.0")?.string?.contains("line break") == true, "\(reply)")
            try await place.onTerminal("connect", "acme", "--name", "pasted") { tty in
                try await tty.answer("Tenant URL", acme.url)
                try await tty.expectQuestion("API token")
                await tty.paste("\(acme.key)\n")
                try await tty.expect("Removed a line break from what you pasted.")
                await tty.send(.enter)
                try await tty.answer("A private address", "2")
                try await tty.answer("Workspace", "1")
                try await tty.expectEnd(0)
            }
        }
    }

    @Test(arguments: [
        (AcmeFault.unauthorized, 3, "sign_in"), (.forbidden, 3, "permissions"), (.empty, 3, "permissions"),
        (.tooManyRequests, 4, "answer"), (.serverError, 4, "answer"), (.hang, 4, "answer"), (.garbage, 4, "answer"),
        (.html, 4, "answer"), (.huge, 4, "answer"), (.gzipBomb, 4, "answer"), (.endlessHeaders, 4, "answer"),
        (.redirect, 4, "resolve"),
    ])
    func `whatever the provider does, it ends in a sentence with the rung`(
        fault: AcmeFault, code: Int, rung: String
    ) async throws {
        try await withAcme { place, acme in
            let outcome = try await place.connecting(acme, key: acme.key(fault)).finish()
            let error = try outcome.refusal(Int32(code))
            #expect(error["rung"] == .string(rung))
            #expect(error["fix"] != nil || fault == .empty, "\(error)")
            #expect(!(outcome.out + outcome.err).contains(acme.key))
            try place.expectNoTrace()
        }
    }

    @Test func `a provider that cannot be reached is told apart from one that is`() async throws {
        try await withAcme { place, acme in
            let deaf = try DeafPort()
            let port = deaf.number
            let closed = try await place.attempt(["--set", "baseURL=http://127.0.0.1:\(port)"], key: acme.key).refusal(
                4)
            #expect(closed["rung"] == "connect")
            let nowhere = try await place.attempt(["--set", "baseURL=https://acme.invalid"], key: acme.key).refusal(4)
            #expect(nowhere["rung"] == "resolve")
            try place.expectNoTrace()
        }
    }

    @Test func `a certificate nobody vouches for is refused`() async throws {
        try await withPlayground { place in
            let script = HostileServer.Script.always(.answer())
            try await HostileServer.run(script, certificate: TestCertificates.selfSigned) { server in
                let address = "https://localhost:\(server.port)"
                let error = try await place.attempt(
                    ["--set", "baseURL=\(address)", "--allow-host", "localhost"], key: AcmeAddress.unknownKey
                ).refusal(4)
                #expect(error["rung"] == "tls")
                #expect(server.requests.isEmpty)
            }
            try place.expectNoTrace()
        }
    }

    @Test(arguments: [[HostileMove].tenGigabytes, .endlessBody, .endlessHeaders, .drip, .gzipBomb, [.hang], [.reset]])
    func `a hostile server gets nothing stored`(moves: [HostileMove]) async throws {
        try await withPlayground { place in
            try await HostileServer.run(.always(moves)) { server in
                let address = "http://127.0.0.1:\(server.port)"
                let error = try await place.attempt(["--set", "baseURL=\(address)"], key: AcmeAddress.unknownKey)
                    .refusal(4)
                #expect(error["rung"] == "answer" || error["rung"] == "connect", "\(error)")
            }
            try place.expectNoTrace()
        }
    }

    @Test func `a private address is not called without leave`() async throws {
        try await withAcme { place, acme in
            var run = place.connecting(acme)
            run.arguments.removeAll { ["--allow-host", "127.0.0.1"].contains($0) }
            let error = try await run.finish().refusal(2)
            #expect(error["code"] == "private_address")
            #expect(error["fix"]?.string?.contains("--allow-host") == true)
            try place.expectNoTrace()
        }
    }
}

extension Playground {
    /// Runs `max connect acme` with a key on standard input.
    fileprivate func attempt(_ arguments: [String], key: String) async throws -> Outcome {
        try await run(
            ["connect", "acme", "--allow-host", "127.0.0.1", "--secret-stdin", "api_token", "--yes", "--json"]
                + arguments, input: key
        ).finish()
    }
}
