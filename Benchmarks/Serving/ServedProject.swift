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
    /// The owner's session.
    private let session: OwnerToken

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
                ServedProject(folder: folder, store: store, session: try await store.ownersSession()))
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
            guard let (_, address, port) = terminal.screen.firstMatch(of: /Max is at (\S+:(\d+))/)?.output else {
                throw URLError(.badURL)
            }
            let server = RunningServer(
                address: String(address), processID: terminal.processID, cookie: "max-\(port)=\(session.text)")
            let outcome = await Result { try await body(server) }
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

    /// Runs `body` while somebody listens to the news, as the page in an open tab does.
    func withTab<Value: Sendable>(_ body: () async throws -> Value) async throws -> Value {
        let news = try await answer("/events", .shared, within: .seconds(60))
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { for try await _ in news {} }
            defer { group.cancelAll() }
            return try await body()
        }
    }

    /// The time that the processors work for the process within a time (fields 14 and 15 of `/proc/…/stat`, in ticks of
    /// 10 ms).
    func work(within time: Duration) async throws -> Duration {
        let before = try ticks
        try await Task.sleep(for: time)
        return try .milliseconds(10) * (ticks - before)
    }

    private var ticks: Int {
        get throws {
            let status = try String(contentsOfFile: "/proc/\(processID)/stat", encoding: .utf8)
            let fields = status.split(separator: ")").last?.split(separator: " ") ?? []
            return fields.dropFirst(11).prefix(2).reduce(0) { $0 + (Int($1) ?? 0) }
        }
    }

    /// Takes a page whole.
    ///
    /// - Returns: Its bytes.
    @discardableResult
    func page(_ path: String, _ client: HTTPClient = .shared) async throws -> Int {
        try await answer(path, client, within: .seconds(30)).collect(upTo: 1 << 22).readableBytes
    }

    /// Asks for something as the owner, and hands out the answer as it comes.
    func answer(_ path: String, _ client: HTTPClient, within time: TimeAmount) async throws -> HTTPClientResponse.Body {
        var request = HTTPClientRequest(url: address + path)
        request.headers.add(name: "Cookie", value: cookie)
        let answer = try await client.execute(request, timeout: time)
        guard answer.status == .ok else { throw Unanswered(path: path, status: answer.status.code) }
        return answer.body
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
    fileprivate func ownersSession() async throws -> OwnerToken {
        let access = AccessService(rows: self, surroundings: .real)
        let link = try await access.makeWelcomeLink()
        let owner = try await access.choosePassphrase(
            SecretValue("a passphrase for measuring"), with: link.text, by: Visitor(address: "127.0.0.1"))
        return owner.token
    }
}

extension Result where Failure == any Error {
    init(_ work: () async throws -> Success) async {
        do { self = .success(try await work()) } catch { self = .failure(error) }
    }
}
