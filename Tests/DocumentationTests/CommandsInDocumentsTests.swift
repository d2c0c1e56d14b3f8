import Foundation
import Testing

struct CommandsInDocumentsTests {
    @Test func `every max command that a document shows can be typed`() throws {
        let tree = try CommandTree.ofMax()
        let mistakes = shown(["max", "./max", "../max"]).compactMap { path, words in
            tree.mistake(in: words.dropFirst()).map { "\(path): \(words.joined(separator: " ")): \($0)" }
        }
        #expect(mistakes == [])
    }

    @Test func `every command that the guide for agents shows can be typed`() throws {
        let guide = Document(path: "guide", text: try CommandTree.output(of: ["guide"]))
        let commands = guide.commandLines.flatMap { ShellLine($0).commands }.filter { $0[0] == "max" }
        let tree = try CommandTree.ofMax()
        #expect(commands.compactMap { tree.mistake(in: $0.dropFirst()) } == [])
        #expect(commands.count > 10)
    }

    @Test func `every max command is in a document`() throws {
        let told = Document.all.filter { !$0.isHistory }.map(\.text).joined(separator: "\n")
        #expect(try CommandTree.ofMax().calls.filter { !told.contains($0) } == [])
    }

    @Test func `every make target that a document shows exists`() throws {
        let makefile = try #require(Document.read("Makefile"))
        let targets = Set(makefile.matches(of: #/(?m)^([a-z][a-z-]*):/#).map { String($0.1) })
        let strange = shown(["make"]).flatMap { path, words in
            words.dropFirst().filter { !$0.hasPrefix("-") && !$0.contains("=") && !targets.contains($0) }
                .map { "\(path): make \($0)" }
        }
        #expect(strange == [])
        #expect(targets.isSuperset(of: ["test", "check", "format", "bench", "new-connector"]))
    }

    /// The commands of these names that documents show, each with its document.
    private func shown(_ names: Set<String>) -> [(path: String, words: [String])] {
        Document.all.flatMap { document in
            document.commandLines.flatMap { ShellLine($0).commands }
                .filter { names.contains($0[0]) }.map { (document.path, $0) }
        }
    }
}

struct CommandReadingTests {
    @Test func `commands are found in blocks and in back quotes`() {
        let document = Document(
            path: "Example.md",
            text: """
                Type `./max ls`, or `max` alone, and `make test`.

                ```console
                $ cd demo && ../max connect acme \\
                    --yes
                Connected as dana.
                ```
                ```sh
                make bench
                ```
                """)
        #expect(
            document.commandLines == ["cd demo && ../max connect acme  --yes", "make bench", "./max ls", "make test"])
    }

    @Test(arguments: [
        ("max ls", [["max", "ls"]]),
        ("cd demo && ../max ls --json | jq .", [["cd", "demo"], ["../max", "ls", "--json"], ["jq", "."]]),
        ("KEY=1 max rename a 'b c' > out", [["max", "rename", "a", "b c"]]),
        ("max show <connection>  # one", [["max", "show", "<connection>"]]),
    ])
    func `a shell line is cut into commands`(line: String, commands: [[String]]) {
        #expect(ShellLine(line).commands == commands)
    }

    @Test(arguments: [
        ("ls", nil), ("ls --json", nil), ("vault rotate", nil), ("show acme-dana", nil), ("--version", nil),
        ("ls --jsn", "max ls has no option --jsn"), ("lst", "max takes no “lst”"),
        ("vault turn", "max vault takes no “turn”"), ("show --name=x y", nil),
        ("show --name x y --no", "max show has no option --no"), ("run last --json", nil), ("run cancel last", nil),
        ("run last --jsn", "max show has no option --jsn"),
    ])
    func `a call is checked against the commands there are`(call: String, mistake: String?) throws {
        let tree = try JSONDecoder().decode(CommandTree.self, from: Data(Self.tree.utf8))
        #expect(tree.mistake(in: call.split(separator: " ").map(String.init)) == mistake)
        #expect(tree.calls == ["max ls", "max show", "max vault", "max vault rotate", "max run", "max run cancel"])
    }

    private static let tree = """
        {"commandName": "max",
         "arguments": [{"kind": "flag", "names": [{"kind": "long", "name": "version"}]}],
         "subcommands": [
            {"commandName": "ls", "arguments": [{"kind": "flag", "names": [{"kind": "long", "name": "json"}]}]},
            {"commandName": "show", "arguments": [
                {"kind": "positional"}, {"kind": "option", "names": [{"kind": "long", "name": "name"}]}]},
            {"commandName": "vault", "subcommands": [{"commandName": "rotate"}]},
            {"commandName": "run", "defaultSubcommand": "show", "subcommands": [
                {"commandName": "show", "arguments": [
                    {"kind": "positional"}, {"kind": "flag", "names": [{"kind": "long", "name": "json"}]}]},
                {"commandName": "cancel", "arguments": [{"kind": "positional"}]}]},
            {"commandName": "help"}]}
        """
}
