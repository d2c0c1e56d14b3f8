internal import ArgumentParser
internal import MaxCore

/// The form in which records are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
    /// Columns for people; cells are cut.
    case table
    /// One object.
    case json
    /// An object on each line.
    case ndjson
    /// RFC 4180.
    case csv
}

/// How a command that prints records answers.
struct RecordOutput: ParsableArguments {
    @Option(name: [.customShort("o"), .customLong("output")], help: "The form: table, json, ndjson or csv.")
    var chosen: OutputFormat?
    @OptionGroup var output: OutputOptions

    var format: OutputFormat { output.json ? .json : chosen ?? .table }

    func validate() throws {
        if output.json, let chosen, chosen != .json {
            throw ValidationError("--json and -o \(chosen.rawValue) exclude each other.")
        }
    }

    /// Whether these arguments of a command line ask for one JSON object.
    static func wantsJSON(_ arguments: [String]) -> Bool {
        let words = arguments.prefix { $0 != "--" }
        let isNamed = zip(words, words.dropFirst()).contains { ["-o", "--output"].contains($0) && $1 == "json" }
        return isNamed || words.contains { ["--json", "-o=json", "-ojson", "--output=json"].contains($0) }
    }
}
