internal import Foundation

/// The table on the screen; a line is printed as soon as it is known.
struct Report {
    private let widths: (name: Int, reference: Int)

    /// Lays out columns for these benchmarks.
    init(_ benchmarks: [Benchmark]) {
        widths = (
            name: benchmarks.map(\.name.count).max() ?? 0,
            reference: benchmarks.map(\.reference.count).max() ?? 0
        )
    }

    /// Prints on what machine this is, and what stands in the columns.
    func printHeading() {
        let process = ProcessInfo.processInfo
        write("\(process.operatingSystemVersionString), \(process.activeProcessorCount) cores, \(build) build\n")
        let columns = Columns(
            name: "work", count: "runs", median: "median", p99: "p99", reference: "beside it",
            referenceMedian: "median", ratio: "ratio", verdict: "target")
        write(line(columns))
    }

    /// Runs a benchmark and prints its line, or why there is none.
    func print(_ benchmark: Benchmark) async {
        do {
            write(line(Columns(benchmark, try await benchmark.measure())))
        } catch {
            write("\(left(benchmark.name, widths.name))  could not be measured: \(error)")
        }
    }

    private func line(_ columns: Columns) -> String {
        [
            left(columns.name, widths.name), right(columns.count, 6), right(columns.median, 9),
            right(columns.p99, 9), "", left(columns.reference, widths.reference),
            right(columns.referenceMedian, 9), right(columns.ratio, 6), "", columns.verdict,
        ].joined(separator: "  ")
    }

    private func left(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    private func write(_ line: String) { FileHandle.standardOutput.write(Data("\(line)\n".utf8)) }

    private var build: String {
        #if DEBUG
            "debug"
        #else
            "release"
        #endif
    }
}

/// What stands in one line.
private struct Columns {
    let name: String
    let count: String
    let median: String
    let p99: String
    let reference: String
    let referenceMedian: String
    let ratio: String
    let verdict: String
}

extension Columns {
    init(_ benchmark: Benchmark, _ measurement: Measurement) {
        let (work, reference) = (measurement.work, measurement.reference)
        name = benchmark.name
        count = String(work.count)
        median = work.median.text
        p99 = work.p99.text
        self.reference = benchmark.reference
        referenceMedian = reference.median.text
        ratio = reference.median > .zero ? "\(threeDigits(work.median / reference.median)) ×" : ""
        let verdicts = benchmark.targets.map { "\($0.text): \($0.isMet(by: measurement) ? "met" : "NOT MET")" }
        verdict = ((verdicts.isEmpty ? ["–"] : verdicts) + measurement.notes).joined(separator: ", ")
    }
}

extension Target {
    fileprivate var text: String {
        switch self {
        case .median(let limit): "median ≤ \(limit.text)"
        case .p95(let limit): "p95 ≤ \(limit.text)"
        case .p99(let limit): "p99 ≤ \(limit.text)"
        case .pace(let least): "≥ \(wholeNumber(Double(least)))/s"
        case .rate(let least): "rate ≥ \(threeDigits(least)) of it"
        case .peak(let limit): "memory ≤ \(limit / 1_000_000) MB"
        case .requests(let limit): "requests ≤ \(limit)"
        }
    }
}

extension Measurement {
    /// What else there is to be known.
    fileprivate var notes: [String] {
        let rates =
            amount == 1 ? [] : [work, reference].map { wholeNumber(Double(amount) / ($0.median / .seconds(1))) }
        return (rates.isEmpty ? [] : ["\(rates.joined(separator: "/s beside "))/s, rate \(threeDigits(rate))"])
            + (peak == 0 ? [] : ["\(peak / 1_000_000) MB"])
            + (requests == 0 ? [] : ["\(wholeNumber(Double(requests))) requests"])
    }
}

extension Duration {
    /// The time in the unit that suits it.
    fileprivate var text: String {
        self < .milliseconds(1)
            ? "\(threeDigits(self / .microseconds(1))) µs" : "\(threeDigits(self / .milliseconds(1))) ms"
    }
}

private func wholeNumber(_ number: Double) -> String {
    number.formatted(
        .number.precision(.fractionLength(0)).locale(Locale(identifier: "en_US_POSIX")).grouping(.automatic))
}

/// A number with as many decimals as its size leaves worth reading.
private func threeDigits(_ number: Double) -> String {
    let decimals = number < 10 ? 2 : number < 100 ? 1 : 0
    return number.formatted(.number.precision(.fractionLength(0...decimals)).locale(Locale(identifier: "en_US_POSIX")))
}
