import Foundation
import MaxConnector
import MaxCore

/// A conversation with a mail server, which only ever reads (RFC 9051 and RFC 3501).
///
/// Calls from several tasks follow one another. After a problem of the line itself the client is of no more use.
actor IMAPClient {
    /// What the server can do, as it said last, in upper case.
    var capabilities: Set<String> = []
    /// Whether the server hides changes of flags and removals in commands of their own (QRESYNC is on).
    var isResyncing = false
    /// Whether names are in UTF-8 on the wire.
    var isUTF8 = false
    /// What the server is called until it shows itself to be Gmail's.
    private let provider: String
    private let line: any UpstreamLine
    let limits: IMAPLimits
    private var reader: ResponseReader
    private var lastTag = 0
    private var farewell: IMAPStatus?
    private var fault: Problem?
    let turns = IMAPTurns()

    private init(_ line: any UpstreamLine, provider: String, limits: IMAPLimits) {
        self.line = line
        self.provider = provider
        self.limits = limits
        reader = ResponseReader(limits: limits)
    }

    /// Opens a line, hears the server's greeting and sets TLS up where that is asked for.
    ///
    /// - Throws: ``MaxCore/Problem`` on the rungs up to `answer`, with the provider's name in its sentence.
    static func open(
        _ request: LineRequest, over upstream: any Upstream, as operation: UpstreamOperation, provider: String,
        limits: IMAPLimits = IMAPLimits()
    ) async throws -> IMAPClient {
        let line = try await upstream.open(request, as: operation)
        let client = IMAPClient(line, provider: provider, limits: limits)
        do {
            try await client.greet(request.security)
            return client
        } catch {
            await line.close(because: error as? Problem)
            throw error
        }
    }

    /// Whether the server can do that, such as `QRESYNC` or `X-GM-EXT-1`.
    func can(_ capability: String) -> Bool { capabilities.contains(capability) }

    /// Whether the server is Gmail's, wherever it is: none but Gmail's has these extensions.
    var isGmail: Bool { can("X-GM-EXT-1") }

    /// What is told when the server refuses.
    var refusals: IMAPRefusals { IMAPRefusals(provider: isGmail ? "Gmail" : provider) }

    /// Asks for nothing, so that the server may tell what is new.
    func noop() async throws { try await ask("NOOP") }

    /// Takes leave, unless somebody waits for an answer, and closes the line.
    func close() async {
        if fault == nil, !turns.areTaken { _ = try? await ask("LOGOUT") }
        await line.close(because: nil)
        fault = fault ?? refusals.closed(nil)
    }

    /// Sends a command, hands each response before its end to `take`, and waits for its end.
    ///
    /// - Throws: ``MaxCore/Problem``, for a command that was refused as well.
    @discardableResult
    func ask(
        _ text: String,
        _ take: (_ name: String, _ number: UInt32?, _ values: [IMAPValue]) throws -> Void = { _, _, _ in }
    ) async throws -> [IMAPStatus] {
        try await ask(IMAPCommand(text), take)
    }

    /// Sends a command, hands each response before its end to `take`, and waits for its end.
    ///
    /// - Returns: What the server said of itself meanwhile, and last how the command ended.
    /// - Throws: ``MaxCore/Problem``, for a command that was refused as well.
    @discardableResult
    func ask(
        _ command: IMAPCommand,
        _ take: (_ name: String, _ number: UInt32?, _ values: [IMAPValue]) throws -> Void = { _, _, _ in }
    ) async throws -> [IMAPStatus] {
        try await takeTurn()
        defer { giveTurn() }
        let statuses = try await perform(command, take)
        if let end = statuses.last, end.kind != .ok { throw await refused(end) }
        return statuses
    }

    /// What a refused command comes to; after one that asks for a pause nothing more is said on this line.
    func refused(_ status: IMAPStatus) async -> any Error {
        let problem = refusals.problem(status)
        return problem.retryAfter == nil ? problem : await fail(problem)
    }

    // What follows is for one command at a time.

    /// Sends a command and hands out what comes; the last status is how it ended, refused or not.
    func perform(
        _ command: IMAPCommand,
        _ take: (_ name: String, _ number: UInt32?, _ values: [IMAPValue]) throws -> Void = { _, _, _ in }
    ) async throws -> [IMAPStatus] {
        let tag = try await send(command)
        var statuses: [IMAPStatus] = []
        var count = 0
        while true {
            count += 1
            guard count <= limits.responses else { throw await fail(refusals.garbled(.tooMuch)) }
            switch try await response() {
            case .data(let name, let number, let values):
                if name == "CAPABILITY" { note(values) }
                do { try take(name, number, values) } catch let fault as IMAPFault {
                    throw await fail(refusals.garbled(fault))
                }
            case .status(let status): note(status, in: &statuses)
            case .goOn: continue
            case .done(tag, let status):
                note(status, in: &statuses)
                return statuses
            case .done: throw await fail(refusals.garbled(.garbled))
            }
        }
    }

    /// Sends a command with a new tag, piece by piece where the server has to be asked in between.
    func send(_ command: IMAPCommand) async throws -> String {
        if let fault { throw fault }
        if turns.wereAbandoned { throw await fail(refusals.closed(nil)) }
        lastTag += 1
        let tag = "m\(lastTag)"
        for (index, piece) in command.pieces.enumerated() {
            if index > 0 { try await waitForGoOn(tag) }
            let isLast = index == command.pieces.count - 1
            let parts = (index == 0 ? [.text("\(tag) ")] : []) + piece + (isLast ? [.text("\r\n")] : [])
            do { try await line.write(parts) } catch {
                // Nothing was sent when a credential could not be; a broken line tells when it is read.
                if index > 0 || !parts.contains(where: \.isSecret) { throw await fail(error) }
                throw error
            }
        }
        return tag
    }

    /// The next response; one that says farewell is remembered for the end of the line.
    func response() async throws -> IMAPResponse {
        while true {
            if let response = try await responseAtHand() { return response }
            do {
                guard let bytes = try await line.read() else { throw refusals.closed(farewell) }
                reader.feed(bytes)
            } catch {
                throw await fail(error)
            }
        }
    }

    /// The next response among the bytes that have come; nil when there is no whole one.
    func responseAtHand() async throws -> IMAPResponse? {
        if let fault { throw fault }
        do {
            let response = try reader.next()
            if case .status(let status) = response, status.kind == .bye { farewell = status }
            return response
        } catch let fault as IMAPFault {
            throw await fail(refusals.garbled(fault))
        }
    }

    /// Ends the line because of an error.
    ///
    /// - Parameter isBelieved: Whether the platform draws its conclusions from it.
    func fail(_ error: any Error, isBelieved: Bool = true) async -> any Error {
        let problem = error as? Problem
        fault = fault ?? problem ?? refusals.closed(nil)
        await line.close(because: isBelieved ? problem : nil)
        return error
    }

    /// Waits until the commands before are over.
    func takeTurn() async throws { try await turns.take() }

    /// Lets the next command begin.
    func giveTurn() { turns.give() }

    /// Notes what the server can do.
    func note(_ capabilities: [IMAPValue]) {
        self.capabilities = Set(capabilities.compactMap { $0.atom?.uppercased() })
    }

    private func note(_ status: IMAPStatus, in statuses: inout [IMAPStatus]) {
        statuses.append(status)
        if status.code == "CAPABILITY" {
            capabilities = Set(status.argument.uppercased().split(separator: " ").map(String.init))
        }
    }

    private func waitForGoOn(_ tag: String) async throws {
        while true {
            switch try await response() {
            case .goOn: return
            case .done(tag, let status): throw refusals.problem(status)
            case .done: throw await fail(refusals.garbled(.garbled))
            case .status, .data: continue
            }
        }
    }
}

extension IMAPClient {
    /// Hears the greeting, and what the server can do, under TLS if it comes later.
    private func greet(_ security: LineRequest.Security) async throws {
        guard case .status(let greeting) = try await response() else { throw refusals.garbled(.garbled) }
        switch greeting.kind {
        case .ok: break
        case .bye: throw refusals.closed(greeting)
        // Who is signed in before TLS or without having said who they are is not who they think they are.
        case .preauth, .no, .bad: throw refusals.garbled(.garbled)
        }
        if security == .startTLS { try await startTLS() }
        // What was said in the open counts for nothing.
        guard security == .startTLS || greeting.code != "CAPABILITY" else {
            capabilities = Set(greeting.argument.uppercased().split(separator: " ").map(String.init))
            return
        }
        try await ask("CAPABILITY")
    }

    private func startTLS() async throws {
        try await ask("CAPABILITY")
        guard can("STARTTLS") else { throw refusals.stripped }
        do { try await ask("STARTTLS") } catch let problem as Problem where problem.rung != .connect {
            throw refusals.stripped
        }
        guard !reader.hasRest else { throw refusals.injected }
        try await line.startTLS()
        capabilities = []
    }
}

extension LinePart {
    fileprivate var isSecret: Bool {
        if case .secret = self { true } else { false }
    }
}
