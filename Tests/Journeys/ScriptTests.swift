import AcmeSandbox
import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// Scripts and agents, who never meet a prompt.
struct ScriptTests {
    @Test(arguments: SecretWay.allCases)
    func `a secret is given in any of four ways`(way: SecretWay) async throws {
        try await withAcme { place, acme in
            try acme.key.write(to: place.file("key.txt"), atomically: true, encoding: .utf8)
            try #"{"baseURL": "\#(acme.url)", "api_token": "\#(acme.key)"}"#.write(
                to: place.file("answers.json"), atomically: true, encoding: .utf8)
            let address = way == .answers ? [] : ["--set", "baseURL=\(acme.url)"]
            let run = place.run(
                ["connect", "acme", "--allow-host", "127.0.0.1", "--yes", "--json"] + address + way.arguments,
                environment: ["ACME_KEY": acme.key], input: way == .input ? acme.key : "")
            let reply = try await run.finish().reply(0)
            #expect(reply.at("connection.identity") == "dana@acme.test")
        }
    }

    @Test(arguments: [
        ["--secret-env", "api_token=KEY"], ["--secret-file", "api_token=KEY"], ["--secret-stdin", "api_token=KEY"],
    ])
    func `a secret that is given where its name or its file belongs is not repeated`(way: [String]) async throws {
        try await withPlayground { place in
            let way = way.map { $0.replacing("KEY", with: AcmeAddress.unknownKey) }
            let outcome = try await place.run(["connect", "acme", "--json"] + way).finish()
            #expect(try outcome.refusal(2)["code"] == "options_invalid")
            #expect(!outcome.out.contains(AcmeAddress.unknownKey))
        }
    }

    enum SecretWay: String, CaseIterable {
        case environment
        case file
        case input
        case answers

        var arguments: [String] {
            switch self {
            case .environment: ["--secret-env", "api_token=ACME_KEY"]
            case .file: ["--secret-file", "api_token=key.txt"]
            case .input: ["--secret-stdin", "api_token"]
            case .answers: ["--answers", "answers.json"]
            }
        }
    }

    @Test func `the sandbox needs no answers, and the reply has the promised keys`() async throws {
        try await withPlayground { place in
            let reply = try await place.max("connect", "acme", "--sandbox", "--yes", "--json").reply(0)
            let connection = try #require(reply["connection"])
            #expect(connection["id"]?.string?.hasPrefix("con_") == true)
            #expect(connection["slug"] == "acme-dana")
            #expect(connection["label"] == "dana@acme.test")
            #expect(connection["identity"] == "dana@acme.test")
            #expect(connection["state"] == "active")
            let bare = try await place.max("reconnect", "acme-dana", "--yes", "--json").refusal(2)
            #expect(bare["code"] == "answers_missing")
        }
    }

    @Test func `a given name is the connection's, and a taken one is refused before anything`() async throws {
        try await withAcme { place, acme in
            let named = try await place.connecting(acme, "--name", "work").finish().reply(0)
            #expect(named.at("connection.slug") == "work")
            let taken = try await place.connecting(acme, key: acme.secondKey, "--name", "work").finish().refusal(2)
            #expect(taken["code"] == "name_taken")
            let odd = try await place.connecting(acme, key: acme.secondKey, "--name", "no slug!").finish().refusal(2)
            #expect(odd["code"] == "name_invalid")
            #expect(try await place.connections().count == 1)
        }
    }

    @Test func `everything that is missing is named at once and nothing is begun`() async throws {
        try await withPlayground { place in
            let reply = try await place.max("connect", "acme", "--json").reply(2)
            #expect(reply.at("error.code") == "answers_missing")
            #expect(reply["missing"]?.array?.map { $0["field"] } == ["baseURL", "api_token"])
            #expect(reply.at("missing.1.give.0") == "--secret-env api_token=NAME")
            let nameless = try await place.max("connect", "--sandbox", "--yes", "--json").reply(2)
            #expect(nameless.at("missing.0.field") == "connector")
            #expect(try FileManager.default.contentsOfDirectory(atPath: place.folder.path).isEmpty)

            let words = try await place.max("connect", "acme")
            #expect(words.status == .exited(2) && words.out.isEmpty)
            #expect(words.err.contains("--set baseURL=…") && words.err.contains("--secret-stdin api_token"))
        }
    }

    @Test func `a choice that is missing comes with its options and leaves nothing`() async throws {
        try await withAcme { place, acme in
            var run = place.connecting(acme)
            run.arguments.removeAll { $0 == "--yes" }
            let reply = try await run.finish().reply(2)
            #expect(reply.at("missing.0.field") == "workspaceID")
            #expect(reply.at("missing.0.options")?.array?.count == 3)
            try place.expectNoTrace()
            let workspace = try #require(reply.at("missing.0.options.2.value")?.string)
            run.arguments += ["--set", "workspaceID=\(workspace)"]
            #expect(try await run.finish().reply(0).at("connection.config.workspaceID") == .string(workspace))
        }
    }

    @Test(arguments: [["connect", "acme"], ["reconnect", "acme-dana"], ["flow"]])
    func `a secret among the arguments is refused`(command: [String]) async throws {
        try await withAcme { place, acme in
            var command = command
            if command[0] == "flow" { command = ["flow", "answer", try await place.startFlow(acme)] }
            if command[0] == "reconnect" { try await place.connect(acme) }
            let before = try await place.connections()
            let error = try await place.run(command + ["--set", "api_token=\(acme.key)", "--json"]).finish().refusal(2)
            #expect(error["message"]?.string?.contains("every program on this machine") == true)
            #expect(error["fix"]?.string?.contains("--secret-env") == true)
            #expect(error["message"]?.string?.contains(acme.key) == false)
            #expect(try await place.connections() == before)
        }
    }

    @Test func `a mistyped command is answered with the one that was meant`() async throws {
        try await withPlayground { place in
            let error = try await place.run(["serv", "--json"]).finish().refusal(2)
            #expect(error["fix"] == "Did you mean serve?")
        }
    }

    @Test(arguments: [
        ["connect", "acme", "--set", "baseURL"], ["connect", "acme", "--secret-env", "api_token=NOT_SET"],
        ["connect", "acme", "--secret-file", "api_token=nowhere"], ["connect", "acme", "--answers", "nowhere.json"],
        ["connect", "acme", "--set", "color=blue"], ["connect", "nobody"], ["connect", "--wrong"], ["show"],
        ["rename", "nothing"], ["sandbox", "nobody"], ["disconnect"], ["connect"], ["nonsense"],
    ])
    func `a command line that cannot be meant is a usage error in one object`(arguments: [String]) async throws {
        try await withPlayground { place in
            _ = try await place.run(arguments + ["--json"]).finish().refusal(2)
            try place.expectNoTrace()
        }
    }

    @Test func `a command line that cannot be meant is told in a sentence with the help to read`() async throws {
        try await withPlayground { place in
            let outcome = try await place.max("connect", "acme", "--bogus")
            #expect(outcome.status == .exited(2))
            #expect(outcome.err == "✗ Unknown option '--bogus'.\n  See max connect --help.\n")
        }
    }

    @Test func `a choice that is not on the list is refused with the list`() async throws {
        try await withAcme { place, acme in
            let outcome = try await place.connecting(acme, key: nil, "--set", "workspaceID=Nope").finish()
            let error = try outcome.refusal(2)
            #expect(error["code"] == "not_an_option")
            #expect(error["fix"]?.string?.contains("Cedar Exports") == true)
        }
    }

    @Test func `lists have their stable keys`() async throws {
        try await withAcme { place, acme in
            let none = try await place.max("ls", "--json").reply(0)
            #expect(none == ["connections": []])
            let connectors = try await place.max("connectors", "--json").reply(0)
            let first = try #require(connectors.at("connectors.0"))
            #expect(first["name"] == "acme" && first["displayName"] == "Acme")
            #expect(first["modality"] == "static_secret" && first["canAdd"] == "yes" && first["tier"] != nil)
        }
    }
}
