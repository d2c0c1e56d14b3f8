import Foundation
import GRDB
import HostileServer
import MaxCore
import PseudoTerminal
import Testing

/// A provider that answers in the right form and means no good.
struct HostileAccountTests {
    private static let key = "acme_0123456789abcdef0123456789abcdef"

    /// Answers as Acme does: an account with that label, and a workspace on each page that names the next one.
    private static func acme(label: String, next: String = "null") -> HostileServer.Script {
        .each { head, number in
            guard head.contains("/me") else {
                return [.answer(200, json, #"{"items":[{"id":"w\#(number)","name":"Main"}],"next_cursor":\#(next)}"#)]
            }
            let scopes = #""read:workspaces","read:users","read:projects","read:tasks""#
            return [
                .answer(
                    200, json,
                    #"{"id":"1","email":\#(label),"tenant":{"id":"t"},"scopes":[\#(scopes)],"token":{}}"#)
            ]
        }
    }

    private static let json = ["Content-Type": "application/json"]

    private func connect(_ script: HostileServer.Script, _ place: Playground) async throws -> Outcome {
        try await HostileServer.run(script) { server in
            let address = "baseURL=http://127.0.0.1:\(server.port)"
            let arguments = ["--set", address, "--secret-env", "api_token=ACME_KEY", "--allow-host", "127.0.0.1"]
            return try await place.run(
                ["connect", "acme", "--no-sync", "--yes", "--json"] + arguments, environment: ["ACME_KEY": Self.key]
            ).finish()
        }
    }

    @Test func `a secret that comes back as a name is neither stored nor shown`() async throws {
        try await withPlayground { place in
            let outcome = try await connect(Self.acme(label: "\"Bearer \(Self.key)\""), place)
            #expect(try outcome.refusal(4)["code"] == "secret_repeated")
            #expect(!outcome.out.contains(Self.key))
            #expect(try await place.connections().isEmpty)
            let database = try Data(contentsOf: place.file(".max/max.db"))
            #expect(database.range(of: Data(Self.key.utf8)) == nil)
        }
    }

    @Test func `an account's name cannot move the cursor or break a table`() async throws {
        try await withPlayground { place in
            let label = #""\u001b[2Jdana\nNAME\u202e👨‍👩‍👧‍👦""#
            let reply = try await connect(Self.acme(label: label), place).reply(0)
            #expect(reply.at("connection.label") == "[2Jdana NAME 👨‍👩‍👧‍👦")
            let refused = try await place.max("rename", "acme-2jdana-name", "red\u{202E}row", "--json").refusal(2)
            #expect(refused["code"] == "name_invalid")
            // Whatever an earlier version may have stored.
            let store = try DatabaseQueue(path: place.file(".max/max.db").path())
            try await store.write {
                try $0.execute(sql: "UPDATE connection SET label = ?", arguments: ["red\u{202E}row"])
            }
            try store.close()
            for words in [["ls"], ["status"], ["show", "acme-2jdana-name"]] {
                let outcome = try await place.run(words).finish()
                #expect(outcome.out.contains("red\u{FFFD}row"), "\(outcome)")
            }
        }
    }

    @Test func `a list that goes on with itself is given up at once`() async throws {
        try await withPlayground { place in
            let outcome = try await connect(Self.acme(label: "\"dana\"", next: #""again""#), place)
            #expect(try outcome.refusal(4)["code"] == "answer_not_understood")
            #expect(try await place.connections().isEmpty)
        }
    }
}
