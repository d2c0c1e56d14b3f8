import MaxServer

extension Site {
    /// Runs the server on a free port for as long as `body` takes, and has it stop then.
    func serving(
        faces: [any ServerRoutes] = [], _ change: (inout ServerSettings) -> Void = { _ in },
        _ body: @Sendable @escaping (_ port: Int, _ stop: @Sendable @escaping () -> Void) async throws -> Void
    ) async throws {
        var site = self
        site.settings.port = 0
        site.faces += faces
        change(&site.settings)
        let server = site.server
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { port.finish() }
                try await server.run(onRunning: { port.yield($0) }, until: { for await _ in stops { return } })
            }
            group.addTask {
                defer { stop.yield() }
                for await number in ports { return try await body(number) { stop.yield() } }
            }
            try await group.waitForAll()
        }
    }
}
