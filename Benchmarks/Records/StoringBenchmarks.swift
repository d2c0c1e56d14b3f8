internal import Foundation

extension Benchmark {
    private static let memory = 100_000_000

    /// Storing 200,000 records of 1 KB in a process of its own, durable every so often, beside a plain program in C.
    static let storing = [
        Benchmark("store records", beside: "bare C upserts", target: .rate(0.85), peak: memory) {
            try await rounds(of: .records) { ($0.first, $1.first) }
        },
        Benchmark("store records from NDJSON", beside: "bare C upserts", target: .rate(0.5), peak: memory) {
            try await rounds(of: .lines) { ($0.first, $1.first) }
        },
        Benchmark("… the same again unchanged", beside: "bare C upserts unchanged", target: .rate(0.5), peak: memory) {
            try await rounds(of: .lines) { ($0.again, $1.again) }
        },
    ]

    /// Takes five rounds, each with a new database for both.
    private static func rounds(
        of kind: StoringPass.Kind, _ choose: (StoringTimes, StoringTimes) -> (work: Duration, reference: Duration)
    ) async throws -> Measurement {
        try await withScratchFolder { folder in
            var measurement = Measurement(of: StoringPass.count)
            let lines = folder.appending(path: "lines.ndjson")
            if kind == .lines { try StoringPass.writeLines(to: lines) }
            for round in 1...5 {
                let place = folder.appending(path: "\(round)")
                try FileManager.default.createDirectory(at: place, withIntermediateDirectories: false)
                let bare = try await StoringTimes.printed(by: "bare-upserts", [place.appending(path: "bare.db").path])
                let ours = try await StoringTimes.printed(
                    by: "max-benchmarks", StoringPass(kind, in: place, from: lines).arguments)
                let chosen = choose(ours, bare)
                measurement.add(work: chosen.work, reference: chosen.reference, peak: ours.peak)
                try FileManager.default.removeItem(at: place)
            }
            return measurement
        }
    }
}

/// How long it took to store everything, and to store it again.
struct StoringTimes {
    let first: Duration
    let again: Duration
    /// The most bytes of memory that the process had; 0 when it did not say.
    let peak: Int

    /// Runs a program that was built beside this one and prints its times in seconds.
    static func printed(by program: String, _ arguments: [String]) async throws -> StoringTimes {
        let output = try await ProgramRun(built: program, arguments).output
        let numbers = output.split { $0 == " " || $0 == "\n" }.compactMap { Double($0) }
        guard numbers.count >= 2 else { throw NoTimes(output: output) }
        return StoringTimes(
            first: .seconds(numbers[0]), again: .seconds(numbers[1]), peak: numbers.count > 2 ? Int(numbers[2]) : 0)
    }
}

/// A program did not tell its times.
private struct NoTimes: Error, CustomStringConvertible {
    let output: String
    var description: String { "it printed no times: \(output)" }
}
