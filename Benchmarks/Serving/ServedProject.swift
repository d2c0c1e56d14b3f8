internal import AsyncHTTPClient
internal import Foundation
internal import MaxAccess
internal import MaxCore
internal import MaxHub
internal import MaxStore
internal import NIOCore
internal import NIOHTTP1
internal import PseudoTerminal

/// A project with many connections that are at rest, and an owner.
struct ServedProject: Sendable {
    let folder: URL
    let store: SQLiteStore
    /// The owner's cookie.
    let cookie: String

    /// Runs `body` with such a project, which is gone afterwards.
    static func with<Value>(
        connections: Int, _ body: (ServedProject) async throws -> Value
    ) async throws -> Value {
        try await withScratchFolder { folder in
            _ = try await ProgramRun(built: "max", ["init"], in: folder)
            let store = try SQLiteStore(folder: folder.appending(path: ".max"))
            try await store.addConnections(connections)
            for run in try await store.openRuns(limit: connections) {
                _ = try await store.requestCancel(run.id, at: .now)
            }
            return try await body(
                ServedProject(folder: folder, store: store, cookie: try await store.ownersCookie()))
        }
    }

    /// Runs `body` beside the server of the project.
    func serving<Value>(_ body: (RunningServer) async throws -> Value) async throws -> Value {
        let environment = ProcessInfo.processInfo.environment.filter { $0.key == "PATH" || $0.key == "HOME" }
        let program = TerminalProgram(
            TerminalProgram.built("max"), ["serve", "--listen", "127.0.0.1:0"], environment: environment,
            directory: folder.path, standardOutput: .terminal, standardError: .file)
        return try await withPseudoTerminal(program) { terminal in
            try await terminal.expectScreen { $0.contains(/Max is at \S+\s/) }
            guard let place = terminal.screen.firstMatch(of: /Max is at (\S+)/) else { throw URLError(.badURL) }
            let outcome = await Result {
                try await body(
                    RunningServer(address: String(place.1), processID: terminal.processID, cookie: cookie))
            }
            terminal.kill(SIGTERM)
            try await terminal.wait()
            return try outcome.get()
        }
    }
}

/// A server, as the owner's browser meets it.
struct RunningServer: Sendable {
    let address: String
    let processID: pid_t
    let cookie: String

    /// The bytes of memory that the process has now (`VmRSS`).
    var memory: Int {
        let status = (try? String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)) ?? ""
        return status.firstMatch(of: /VmRSS:\s+(\d+) kB/).flatMap { Int($0.1) }.map { $0 * 1024 } ?? 0
    }

    /// Takes a page whole.
    ///
    /// - Returns: Its bytes.
    @discardableResult
    func page(_ path: String, _ client: HTTPClient = .shared) async throws -> Int {
        let answer = try await client.execute(request(path), timeout: .seconds(30))
        let body = try await answer.body.collect(upTo: 1 << 22)
        guard answer.status == .ok else { throw Unanswered(path: path, status: answer.status.code) }
        return body.readableBytes
    }

    func request(_ path: String) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: address + path)
        request.headers.add(name: "Cookie", value: cookie)
        return request
    }
}

/// A page that was refused.
private struct Unanswered: Error, CustomStringConvertible {
    let path: String
    let status: UInt
    var description: String { "\(path) was answered with \(status)" }
}

extension SQLiteStore {
    /// Makes an owner who is signed in.
    fileprivate func ownersCookie() async throws -> String {
        let access = AccessService(rows: self, surroundings: .real)
        let link = try await access.makeWelcomeLink()
        let owner = try await access.choosePassphrase(
            SecretValue("a passphrase for measuring"), with: link.text, by: Visitor(address: "127.0.0.1"))
        return "max=\(owner.token.text)"
    }
}

extension Result where Failure == any Error {
    init(_ work: () async throws -> Success) async {
        do { self = .success(try await work()) } catch { self = .failure(error) }
    }
}
