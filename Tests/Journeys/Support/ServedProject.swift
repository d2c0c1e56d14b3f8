import Foundation
import FoundationNetworking
import Glibc
import MaxCore
import PseudoTerminal
import Synchronization
import Testing

/// A project whose server runs, and its owner at a browser.
final class ServedProject: Sendable {
    let place: Playground
    let address: String
    /// The links that were opened already.
    let taken = Mutex<Set<String>>([])
    private let browser = URLSession(configuration: .ephemeral)

    private static let passphrase = "four plain words here"

    init(place: Playground, address: String) { (self.place, self.address) = (place, address) }

    /// Lets the owner in, who has chosen a passphrase.
    func welcomeOwner() async throws {
        let link = try #require(try await place.max("owner", "reset", "--json").reply(0)["link"]?.string)
        let path = link.dropFirst(address.count)
        _ = try await post(String(path), ["passphrase": Self.passphrase, "again": Self.passphrase])
    }

    /// Approves the program that shows this code.
    func approve(_ code: String, scopes: [String] = ["setup", "read", "manage"]) async throws {
        let page = try await get("/device?user_code=\(code)")
        let fields =
            scopes.map { ("scope", $0) } + [("do", "approve"), ("code", code), ("csrf", try page.hidden("csrf"))]
        let done = try await post("/device", fields)
        #expect(done.contains("is let in"))
    }

    /// Answers the question that an owner's link leads to.
    func answer(_ link: String, _ fields: [String: String]) async throws {
        let path = String(link.dropFirst(address.count))
        let page = try await post(path, ["csrf": get(path).hidden("csrf")])
        let setup = try #require(page.firstMatch(of: #/action="(/setups/[^"/?]+)"/#)).output.1
        let hidden = ["csrf": try page.hidden("csrf"), "revision": try page.hidden("revision")]
        _ = try await post(String(setup), fields.merging(hidden) { given, _ in given }.map { ($0, $1) })
    }

    /// Answers a question of a setup, as soon as its page asks that.
    func answer(setup: String, asking name: String, _ fields: [String: String]) async throws {
        for _ in 0..<400 {
            let page = try await get("/setups/\(setup)")
            guard page.contains("name=\"\(name)\"") else {
                try await Task.sleep(for: .milliseconds(50))
                continue
            }
            let hidden = ["csrf": try page.hidden("csrf"), "revision": try page.hidden("revision")]
            _ = try await post("/setups/\(setup)", fields.merging(hidden) { given, _ in given })
            return
        }
        throw POSIXError(.ETIMEDOUT)
    }

    func get(_ path: String) async throws -> String {
        try await send(URLRequest(url: try #require(URL(string: address + path))))
    }

    func post(_ path: String, _ fields: [String: String]) async throws -> String {
        try await post(path, fields.map { ($0, $1) })
    }

    private func post(_ path: String, _ fields: [(String, String)]) async throws -> String {
        var request = URLRequest(url: try #require(URL(string: address + path)))
        request.httpMethod = "POST"
        request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
        request.setValue("same-origin", forHTTPHeaderField: "Sec-Fetch-Site")
        let plain = CharacterSet.alphanumerics
        let pairs = fields.map { name, value in
            "\(name)=\(value.addingPercentEncoding(withAllowedCharacters: plain) ?? "")"
        }
        request.httpBody = Data(pairs.joined(separator: "&").utf8)
        return try await send(request)
    }

    private func send(_ request: URLRequest) async throws -> String {
        let (data, response) = try await browser.data(for: request)
        let (status, text) = ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
        try #require(
            (200..<300).contains(status),
            "\(request.url?.path ?? ""): \(status)\n\(text.split(separator: "<h1>").last ?? "")")
        return text
    }
}

extension String {
    /// The value of a hidden field of a page.
    fileprivate func hidden(_ name: String) throws -> String {
        try #require(split(separator: "name=\"\(name)\" value=\"").dropFirst().first?.split(separator: "\"").first)
            .description
    }
}

extension Playground {
    /// Serves this folder's project while `body` runs.
    func serving<Value: Sendable>(
        environment extra: [String: String] = [:], _ body: @escaping @Sendable (ServedProject) async throws -> Value
    ) async throws -> Value {
        try await serving(as: run(["serve", "--listen", "127.0.0.1:0"], environment: extra), body)
    }

    /// Serves this folder's project by such a run while `body` runs.
    func serving<Value: Sendable>(
        as server: ProgramRun, _ body: @escaping @Sendable (ServedProject) async throws -> Value
    ) async throws -> Value {
        let outcome = Mutex<Result<Value, any Error>?>(nil)
        var server = server
        server.limit = 300
        let end = try await server.finish { process in
            let result: Result<Value, any Error>
            do {
                result = .success(try await body(ServedProject(place: self, address: try await address(of: process))))
            } catch { result = .failure(error) }
            outcome.withLock { $0 = result }
            kill(process, SIGTERM)
        }
        let known = outcome.withLock { $0 }
        let result = try #require(known, "\(end.err)")
        let isWell = (try? result.get()) != nil && end.status == .exited(0)
        #expect(isWell, "\(end.status)\n\(end.err)")
        return try result.get()
    }

    /// Waits until the server has told its address.
    private func address(of process: pid_t) async throws -> String {
        for _ in 0..<100 where kill(process, 0) == 0 {
            let told = try await max("owner", "reset", "--json").reply(0)
            if told["running"] == true, let link = told["link"]?.string, let end = link.range(of: "/welcome/") {
                return String(link[..<end.lowerBound])
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw POSIXError(.ETIMEDOUT)
    }

    /// The same person on another machine: a home of its own, outside of any project.
    func elsewhere<Value>(_ body: (Playground) async throws -> Value) async throws -> Value {
        let folder = FileManager.default.temporaryDirectory.appending(path: "max-elsewhere-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var other = Playground(folder: folder.resolvingSymlinksInPath(), environment: environment)
        other.environment["HOME"] = other.folder.path
        return try await body(other)
    }

    /// Serves this folder's project while `body` runs, for its owner who sits at another machine too.
    func servingAfar<Value: Sendable>(
        _ body: @escaping @Sendable (ServedProject, Playground) async throws -> Value
    ) async throws -> Value {
        try await serving { server in
            try await elsewhere { other in
                try await server.welcomeOwner()
                return try await body(server, other)
            }
        }
    }

    /// Logs in to a server, whose owner lets this machine in.
    func logIn(to server: ServedProject, scopes: [String] = ["setup", "read", "manage"]) async throws {
        try await onTerminal("login", server.address) { tty in
            try await tty.expect("approve the code ")
            let code = try #require(tty.everything.firstMatch(of: #/code .*?([B-Z]{4}-[B-Z]{4})/#)).output.1
            try await server.approve(String(code), scopes: scopes)
            try await tty.expectEnd(0)
            #expect(!tty.everything.contains("mxa_"))
        }
    }
}
