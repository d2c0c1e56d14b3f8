internal import ArgumentParser
internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// The ways to give answers on the command line, for scripts, agents and people in a hurry.
struct AnswerOptions: ParsableArguments {
    @Option(name: .customLong("set"), help: ArgumentHelp("Answer a question.", valueName: "key=value"))
    var plain: [String] = []
    @Option(help: ArgumentHelp("Take a secret from an environment variable.", valueName: "key=NAME"))
    var secretEnv: [String] = []
    @Option(help: ArgumentHelp("Take a secret from a file.", valueName: "key=path"))
    var secretFile: [String] = []
    @Option(help: ArgumentHelp("Take a secret from standard input.", valueName: "key"))
    var secretStdin: String?
    @Option(help: ArgumentHelp("Take answers, secrets included, from a JSON object.", valueName: "file.json"))
    var answers: String?

    /// Reads everything that was given.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `options_invalid` naming the option that cannot be read.
    func read(_ settings: Settings) throws -> [String: GivenValue] {
        var given: [String: GivenValue] = [:]
        if let answers { given = try answersFile(answers, settings) }
        for (key, value) in try plain.map({ try pair($0, "--set") }) { given[key] = .plain(.string(value)) }
        for (key, name) in try secretEnv.map({ try pair($0, "--secret-env") }) {
            guard let value = settings.environment[name] else {
                throw invalid("--secret-env takes a variable's name; the one given for “\(key)” is not set.")
            }
            given[key] = .secret(SecretValue(value))
        }
        for (key, path) in try secretFile.map({ try pair($0, "--secret-file") }) {
            // What was given may be the secret itself by mistake, so that it is not repeated.
            let words = "The file that --secret-file names for “\(key)”"
            given[key] = .secret(
                SecretValue(try bounded(FileHandle(forReadingFrom: url(path, words, settings)), words)))
        }
        if let key = secretStdin {
            if key.contains("=") {
                throw invalid("--secret-stdin takes a key alone; the secret comes on standard input.")
            }
            given[key] = .secret(SecretValue(try bounded(.standardInput, "Standard input")))
        }
        return given
    }

    /// The options by which secrets were given.
    var secretOptions: [String] {
        [
            secretEnv.isEmpty ? nil : "--secret-env", secretFile.isEmpty ? nil : "--secret-file",
            secretStdin.map { _ in "--secret-stdin" },
        ].compactMap(\.self)
    }

    /// The environment variables that hold secrets, which no program that Max starts may find.
    var secretVariables: Set<String> {
        Set(secretEnv.compactMap { $0.split(separator: "=", maxSplits: 1).last.map(String.init) })
    }

    /// Refuses a secret given by `--set`: arguments can be read by everyone on this machine.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `options_invalid`.
    func requireHiddenSecrets(for connector: any Connector) async throws {
        let names = Set(plain.map { String($0.prefix { $0 != "=" }) })
        let secrets = await connector.flow.rehearse().fields.filter(\.isSecret)
        guard let shown = secrets.first(where: { names.contains($0.name) }) else { return }
        throw MaxError(
            "options_invalid",
            "“\(shown.name)” is a secret, and every program on this machine can read what --set says.",
            fix: "Give it with --secret-env, --secret-file or --secret-stdin; the one just shown is best replaced.")
    }

    private func answersFile(_ path: String, _ settings: Settings) throws -> [String: GivenValue] {
        let data = try bounded(
            path == "-" ? .standardInput : FileHandle(forReadingFrom: url(path, path, settings)), path)
        guard let object = try? JSON(parsing: data).object else {
            throw invalid("\(path), named by --answers, is not a JSON object.")
        }
        return object.mapValues { .plain($0) }
    }

    private func url(_ path: String, _ words: String, _ settings: Settings) throws -> URL {
        let url = URL(filePath: path, relativeTo: settings.folder)
        guard FileManager.default.isReadableFile(atPath: url.path) else { throw invalid("\(words) cannot be read.") }
        return url
    }

    /// Reads at most two megabytes: enough to refuse a wrong file by its size, in words.
    private func bounded(_ file: FileHandle, _ name: String) throws -> Data {
        var data = Data()
        while data.count <= 2 << 20, let chunk = try file.read(upToCount: 64 << 10), !chunk.isEmpty { data += chunk }
        if data.count > 2 << 20 { throw invalid("\(name) is larger than any answer can be (2 MB).") }
        return data
    }

    private func pair(_ text: String, _ option: String) throws -> (String, String) {
        guard let equals = text.firstIndex(of: "="), equals > text.startIndex else {
            throw invalid("\(option) takes key=value; this one has no key or no “=”.")
        }
        return (String(text[..<equals]), String(text[text.index(after: equals)...]))
    }

    private func invalid(_ message: String) -> MaxError {
        MaxError("options_invalid", message, fix: "See max connect --help.")
    }
}

/// How a setup is answered besides the answers themselves.
struct ConversationOptions: ParsableArguments {
    @OptionGroup var answers: AnswerOptions
    @Option(help: ArgumentHelp("Allow this host although its address is private.", valueName: "host"))
    var allowHost: [String] = []
    @Flag(name: [.short, .long], help: "Take the suggestion wherever there is one, and never ask.")
    var yes = false
    @OptionGroup var output: OutputOptions
}
