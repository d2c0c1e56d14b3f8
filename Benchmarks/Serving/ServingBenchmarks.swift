internal import Foundation

extension Benchmark {
    private static let connections = 1000
    private static let readers = 32
    private static let listeners = 500
    private static let memory = 60_000_000

    /// What the owner's browser waits for, in a project of many connections.
    static let serving = [
        Benchmark(
            "server until ready, 1,000 connections", beside: "start of echo", target: .median(.milliseconds(300)),
            peak: memory
        ) {
            try await ServedProject.with(connections: connections) { project in try await starts(of: project) }
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
            try await ServedProject.with(connections: connections) { project in
                try await project.serving { try await Audience(project: project, server: $0).measurement(listeners) }
            }
        },
    ]

    /// Starts, and the memory of a server that has shown a page of each kind.
    private static func starts(of project: ServedProject) async throws -> Measurement {
        var measurement = Measurement()
        for round in 0...10 {
            let start = ContinuousClock.now
            let (ready, memory) = try await project.serving { server in
                try await server.page("/readyz")
                let ready = start.duration(to: .now)
                for path in ["/", "/add", "/v1/connections"] { try await server.page(path) }
                return (ready, server.memory)
            }
            let echo = try await time { _ = try await ProgramRun("/bin/echo", [], in: project.folder) }
            if round > 0 { measurement.add(work: ready, reference: echo, peak: memory) }
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
