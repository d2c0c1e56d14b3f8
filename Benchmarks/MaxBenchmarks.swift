internal import Foundation

/// Measures what Max promises to be quick at and prints a line for each promise; asserts nothing.
///
///     max-benchmarks [NAME]    only those with NAME in their name
@main
struct MaxBenchmarks {
    static func main() async throws {
        let arguments = Array(CommandLine.arguments.dropFirst())
        if let pass = StoringPass(arguments) { return try await pass.run() }
        let wanted = arguments.joined(separator: " ").lowercased()
        try await withScratchFolder { folder in
            let all =
                Benchmark.starting + Benchmark.answering + Benchmark.validating + Benchmark.sealing
                + Benchmark.requesting + Benchmark.storing + Benchmark.collectingFromAcme
                + Benchmark.collectingFromGitHub + Benchmark.collectingMail + Benchmark.arriving + Benchmark.serving
                + Benchmark.keeping
                + Benchmark.asking(of: ManyRecords(in: folder))
            let chosen = all.filter { wanted.isEmpty || $0.name.lowercased().contains(wanted) }
            let report = Report(chosen)
            report.printHeading()
            for benchmark in chosen {
                await report.print(benchmark)
            }
        }
    }
}
