internal import Foundation

extension Benchmark {
    private static let connections = 1000
    private static let readers = 32
    private static let listeners = 500
    private static let memory = 60_000_000

    /// What the owner's browser waits for, in a project of many connections.
    static let serving = [
        Benchmark(
            "server until ready, 1,000 connections", beside: "start of echo", target: .median(.milliseconds(300))
        ) {
            try await ServedProject.with(connections: connections) { project in try await starts(of: project) }
        },
        Benchmark("server at rest, 1,000 connections", beside: "/healthz", peak: memory) {
            try await ServedProject.with(connections: connections) { project in
                try await project.serving { try await rest(of: $0) }
            }
        },
        Benchmark("work of 10 s with an open tab", beside: "without one", target: .median(.milliseconds(50))) {
            try await ServedProject.with(connections: connections) { project in
                try await project.serving { try await tab(at: $0) }
            }
        },
        Benchmark("Sources, 1,000 connections", beside: "/healthz", target: .p95(.milliseconds(50))) {
            try await pages("/")
        },
        Benchmark("Add source, 1,000 connections", beside: "/healthz", target: .p95(.milliseconds(50))) {
            try await pages("/add")
        },
        Benchmark("Sources, 32 readers at once", beside: "/healthz", target: .pace(2000)) {
            try await ServedProject.with(connections: connections) { project in
                try await project.serving { try await crowd(at: $0) }
            }
        },
        Benchmark("news to 500 listeners", beside: "to one listener", target: .median(.milliseconds(100))) {
            try await news(of: 100)
        },
        Benchmark("… of 1,000 connections", beside: "to one listener") { try await news(of: connections) },
    ]

    private static func news(of connections: Int) async throws -> Measurement {
        try await ServedProject.with(connections: connections) { project in
            try await project.serving { try await Audience(project: project, server: $0).measurement(listeners) }
        }
    }

    /// Pages of each kind, and the memory of the server when it has rested a while after them.
    private static func rest(of server: RunningServer) async throws -> Measurement {
        var measurement = Measurement()
        for round in 1...3 {
            let page = try await time {
                for path in ["/", "/add", "/v1/connections"] { try await server.page(path) }
            }
            let healthz = try await time { try await server.page("/healthz") }
            if round == 3 { try await Task.sleep(for: .seconds(12)) }
            measurement.add(work: page, reference: healthz, peak: round == 3 ? server.memory : 0)
        }
        return measurement
    }

    /// What the server works while nothing happens, with somebody who listens and with nobody.
    private static func tab(at server: RunningServer) async throws -> Measurement {
        try await server.page("/")
        return try await Measurement(3) {
            try await server.withTab { try await server.work(within: .seconds(10)) }
        } reference: {
            try await server.work(within: .seconds(10))
        }
    }

    /// Starts, until the server says that it is ready.
    private static func starts(of project: ServedProject) async throws -> Measurement {
        var measurement = Measurement()
        for round in 0...10 {
            let start = ContinuousClock.now
            let ready = try await project.serving { server in
                try await server.page("/readyz")
                return start.duration(to: .now)
            }
            let echo = try await time { _ = try await ProgramRun("/bin/echo", [], in: project.folder) }
            if round > 0 { measurement.add(work: ready, reference: echo) }
        }
        return measurement
    }

    /// One page after the other.
    private static func pages(_ path: String) async throws -> Measurement {
        try await ServedProject.with(connections: connections) { project in
            try await project.serving { server in
                try await Measurement(300, warmUp: 10) {
                    try await time { try await server.page(path) }
                } reference: {
                    try await time { try await server.page("/healthz") }
                }
            }
        }
    }

    /// Pages for many at once, each of whom takes one after the other.
    private static func crowd(at server: RunningServer) async throws -> Measurement {
        let pages = 4000
        return try await Measurement(5, of: pages) {
            try await time { try await take(pages, of: "/", from: server) }
        } reference: {
            try await time { try await take(pages, of: "/healthz", from: server) }
        }
    }

    private static func take(_ count: Int, of path: String, from server: RunningServer) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<readers {
                group.addTask { for _ in 0..<(count / readers) { try await server.page(path) } }
            }
            try await group.waitForAll()
        }
    }
}
