import AcmeSandbox
import Foundation
import HostileServer
import MaxCore
import PseudoTerminal
import Synchronization
import Testing

/// A setup that its owner leaves, or that the machine takes away, at each of its questions.
struct LeavingTests {
    @Test(arguments: Question.allCases)
    func `Ctrl-C ends at once, restores the terminal and leaves nothing`(question: Question) async throws {
        try await withAcme { place, acme in
            try await place.onTerminal("connect", "acme") { tty in
                try await question.reach(on: tty, acme)
                await tty.send(.ctrlC)
                try await tty.expectEnd(130)
                #expect(!tty.everything.contains(acme.key))
            }
            #expect(try await place.setups().isEmpty)
            try place.expectNoTrace()
        }
    }

    @Test(arguments: Question.allCases, ["connect acme", "connect --resume"])
    func `killed, the next start is at the same question`(question: Question, again: String) async throws {
        try await withAcme { place, acme in
            try await place.onTerminal("connect", "acme") { tty in
                try await question.reach(on: tty, acme)
                tty.kill(SIGKILL)
                try await tty.wait()
            }
            try await expectUnfinished(in: place)
            try await place.onTerminal(again.split(separator: " ").map(String.init)) { tty in
                try await tty.expect("Going on with Acme")
                try await question.reachAgain(on: tty)
                #expect(!tty.screen.contains("Tenant URL") || question == .address)
                await tty.send(.ctrlC)
                try await tty.expectEnd(130)
            }
            try place.expectNoTrace()
        }
    }

    @Test func `what was answered before a kill is kept to the end`() async throws {
        try await withAcme { place, acme in
            try await place.onTerminal("connect", "acme") { tty in
                try await Question.workspace.reach(on: tty, acme)
                tty.kill(SIGKILL)
                try await tty.wait()
            }
            try await place.onTerminal("connect", "acme") { tty in
                try await tty.answer("Workspace", "2")
                try await tty.expect("Connected as dana@acme.test")
                try await tty.expectEnd(0)
            }
            let connection = try #require(try await place.connections().first)
            #expect(connection.at("config.baseURL") == .string(acme.url))
            #expect(try await place.setups().isEmpty)
        }
    }

    @Test(arguments: [SIGINT, SIGTERM, SIGHUP])
    func `a script that is asked to end in the middle of a check leaves nothing`(signal: Int32) async throws {
        try await withPlayground { place in
            let process = Mutex<pid_t?>(nil)
            let script = HostileServer.Script.each { _, _ in
                if let id = process.withLock(\.self) { kill(id, signal) }
                return [.hang]
            }
            try await HostileServer.run(script) { server in
                let run = place.run(
                    [
                        "connect", "acme", "--set", "baseURL=http://127.0.0.1:\(server.port)", "--allow-host",
                        "127.0.0.1",
                        "--secret-stdin", "api_token", "--yes", "--json",
                    ], input: AcmeAddress.unknownKey)
                let outcome = try await run.finish { id in process.withLock { $0 = id } }
                #expect(try outcome.refusal(130)["code"] == "cancelled")
                #expect(server.requests.count == 1)
            }
            try place.expectNoTrace()
        }
    }

    private func expectUnfinished(in place: Playground) async throws {
        let setups = try await place.setups()
        #expect(setups.map { $0["connector"] } == ["acme"])
        #expect(setups.first?["expiresAt"]?.string?.isEmpty == false)
        let status = try await place.max("status")
        #expect(status.out.contains("Unfinished setup of acme, kept for 1 hour."))
    }
}

/// Where in a setup its owner is.
enum Question: CaseIterable, CustomTestStringConvertible {
    case address
    case key
    case permission
    case check
    case workspace

    var testDescription: String {
        switch self {
        case .address: "at the address"
        case .key: "at the key"
        case .permission: "at the leave to call a private address"
        case .check: "during the check"
        case .workspace: "at the choice of a workspace"
        }
    }

    /// Answers what comes before.
    func reach(on tty: PseudoTerminal, _ acme: AcmeAddress) async throws {
        switch self {
        case .address: try await tty.expectQuestion("Tenant URL")
        case .key:
            try await tty.answer("Tenant URL", acme.url)
            try await tty.expectQuestion("API token")
        case .permission:
            try await tty.answer("Tenant URL", acme.url)
            try await tty.answer("API token", acme.key)
            try await tty.expectQuestion("A private address")
        case .check:
            try await tty.signIn(acme, key: acme.key(.hang))
            try await tty.expect("Checking with Acme")
        case .workspace:
            try await tty.signIn(acme)
            try await tty.expectQuestion("Workspace")
        }
    }

    /// Waits for it where it is the first thing to be seen.
    func reachAgain(on tty: PseudoTerminal) async throws {
        switch self {
        case .address: try await tty.expectQuestion("Tenant URL")
        case .key: try await tty.expectQuestion("API token")
        case .permission: try await tty.expectQuestion("A private address")
        case .check: try await tty.expect("Checking with Acme")
        case .workspace: try await tty.expectQuestion("Workspace")
        }
    }
}
