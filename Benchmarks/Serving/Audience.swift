internal import AsyncHTTPClient
internal import Foundation
internal import MaxHub
internal import MaxStore
internal import NIOCore

/// Those who listen to the news of a project.
struct Audience {
    private static let changes = 20

    let project: ServedProject
    let server: RunningServer

    /// From the commit of a change until the last of many has heard of it, and until one has who is alone.
    func measurement(_ count: Int) async throws -> Measurement {
        let (many, one) = (try await times(of: count), try await times(of: 1))
        var measurement = Measurement()
        for (work, reference) in zip(many, one) { measurement.add(work: work, reference: reference) }
        return measurement
    }

    private func times(of count: Int) async throws -> [Duration] {
        let client = HTTPClient(configuration: .listening(count))
        let hall = Hall()
        let times = try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<count {
                group.addTask {
                    do { try await listen(client, hall) } catch { await hall.lose(error) }
                }
            }
            defer { group.cancelAll() }
            try await hall.wait(for: count)
            var times: [Duration] = []
            for change in 1...Self.changes {
                let start = ContinuousClock.now
                try await project.change(change)
                try await hall.wait(for: count)
                times.append(start.duration(to: .now))
            }
            return times
        }
        try await client.shutdown()
        return times
    }

    /// Tells of the beginning of the stream, and of each piece of news.
    private func listen(_ client: HTTPClient, _ hall: Hall) async throws {
        var hasBegun = false
        for try await part in try await server.answer("/v1/events", client, within: .seconds(600)) {
            if !hasBegun || String(buffer: part).contains("event: connections") { await hall.nod() }
            hasBegun = true
        }
    }
}

/// Where listeners nod when they have heard something.
private actor Hall {
    private var nods = 0
    private var waiting: (count: Int, continuation: CheckedContinuation<Void, any Error>)?
    private var loss: (any Error)?

    func nod() {
        nods += 1
        guard let waiting, nods >= waiting.count else { return }
        nods -= waiting.count
        self.waiting = nil
        waiting.continuation.resume()
    }

    /// Notes that a listener hears nothing any more.
    func lose(_ error: any Error) {
        loss = error
        waiting?.continuation.resume(throwing: error)
        waiting = nil
    }

    /// Waits for so many nods that nobody waited for yet.
    ///
    /// - Throws: Why a listener hears nothing any more.
    func wait(for count: Int) async throws {
        if let loss { throw loss }
        if nods < count {
            try await withCheckedThrowingContinuation { waiting = (count, $0) }
        } else {
            nods -= count
        }
    }
}

extension ServedProject {
    /// Changes something that every listener hears of.
    fileprivate func change(_ number: Int) async throws {
        guard let connection = try await store.connections().first else { return }
        try await store.rename(connection.id, label: "Account \(number) \(UUID().uuidString)", slug: nil)
    }
}

extension HTTPClient.Configuration {
    fileprivate static func listening(_ count: Int) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = count
        return configuration
    }
}
