internal import Foundation
internal import MaxCore

/// A random filter: its text, and whether it holds for a record, found out in the plainest way.
struct ModelFilter: Sendable {
    let text: String
    let holds: @Sendable (ModelRecord, ModelWorld) -> Bool

    /// A filter in which parentheses nest up to `depth` levels; only those are written that its meaning needs.
    static func random(_ random: inout SeededRandom, depth: Int = 3) -> ModelFilter {
        branches(&random, depth: depth)
    }

    private static func branches(_ random: inout SeededRandom, depth: Int) -> ModelFilter {
        let parts = (0..<[1, 1, 1, 2, 3][Int.random(in: 0..<5, using: &random)]).map { _ in terms(&random, depth: depth)
        }
        return ModelFilter(text: parts.map(\.text).joined(separator: word("OR", &random))) { record, world in
            parts.contains { $0.holds(record, world) }
        }
    }

    private static func terms(_ random: inout SeededRandom, depth: Int) -> ModelFilter {
        let parts = (0..<[1, 1, 1, 2, 3][Int.random(in: 0..<5, using: &random)]).map { _ in term(&random, depth: depth)
        }
        return ModelFilter(text: parts.map(\.text).joined(separator: word("AND", &random))) { record, world in
            parts.allSatisfy { $0.holds(record, world) }
        }
    }

    private static func term(_ random: inout SeededRandom, depth: Int) -> ModelFilter {
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1:
            let part = term(&random, depth: depth)
            return ModelFilter(text: "NOT \(part.text)") { !part.holds($0, $1) }
        case 2 where depth > 0, 3 where depth > 0:
            let part = branches(&random, depth: depth - 1)
            return ModelFilter(text: "(\(part.text))", holds: part.holds)
        default: return test(&random)
        }
    }

    private static func word(_ word: String, _ random: inout SeededRandom) -> String {
        " \(Bool.random(using: &random) ? word : word.lowercased()) "
    }
}

extension ModelFilter {
    private static func test(_ random: inout SeededRandom) -> ModelFilter {
        switch Int.random(in: 0..<8, using: &random) {
        case 0: number(&random)
        case 1: truth(&random)
        case 2: date(&random)
        case 3: words(&random)
        case 4: null(&random)
        case 5: list(&random)
        default: text(&random)
        }
    }

    private static let textPaths = [
        "title", "description", "status", "id", "assignee", "parent", "assignee.name", "assignee.email", "parent.title",
        "assignee.team.code", "parent.parent.status", "assignee.team.id",
    ]

    private static func text(_ random: inout SeededRandom) -> ModelFilter {
        let path = textPaths.randomElement(using: &random) ?? ""
        let value = sample(for: path, &random)
        let sign = (["CONTAINS", "STARTS WITH", "NOT CONTAINS"] + signs).randomElement(using: &random) ?? ""
        return ModelFilter(text: "\(path) \(sign) \(quoted(value, &random))") { record, world in
            guard let text = world.value(path, of: record).string else { return ["!=", "NOT CONTAINS"].contains(sign) }
            let (whole, part) = (folded(text), folded(value))
            return switch sign {
            case "CONTAINS": whole.has(part)
            case "NOT CONTAINS": !whole.has(part)
            case "STARTS WITH": whole.starts(with: part)
            default: compare(sign, Array(text.utf8), Array(value.utf8)) { $0.lexicographicallyPrecedes($1) }
            }
        }
    }

    private static func number(_ random: inout SeededRandom) -> ModelFilter {
        let (path, value) =
            Bool.random(using: &random)
            ? ("votes", ["-2", "0", "1", "2.5"][Int.random(in: 0..<4, using: &random)])
            : ("estimate", ["0.5", "-1", "3", "1e10"][Int.random(in: 0..<4, using: &random)])
        let sign = signs.randomElement(using: &random) ?? ""
        return ModelFilter(text: "\(path) \(sign) \(value)") { record, world in
            guard let number = world.value(path, of: record).number else { return sign == "!=" }
            return compare(sign, number, Double(value) ?? 0, <)
        }
    }

    private static func truth(_ random: inout SeededRandom) -> ModelFilter {
        let (value, sign) = (Bool.random(using: &random), Bool.random(using: &random) ? "=" : "!=")
        return ModelFilter(text: "parent.done \(sign) \(value)") { record, world in
            (world.value("parent.done", of: record).bool == value) == (sign == "=")
        }
    }

    private static func null(_ random: inout SeededRandom) -> ModelFilter {
        let path = (textPaths + ["votes", "done", "dueDate", "labels"]).randomElement(using: &random) ?? ""
        let isNull = Bool.random(using: &random)
        let forms = isNull ? ["IS NULL", "= null"] : ["is not null", "!= NULL"]
        let form = path == "labels" ? forms[0] : forms.randomElement(using: &random) ?? ""
        return ModelFilter(text: "\(path) \(form)") { ($1.value(path, of: $0) == .null) == isNull }
    }

    private static func list(_ random: inout SeededRandom) -> ModelFilter {
        let path = textPaths.randomElement(using: &random) ?? ""
        let values = (0..<Int.random(in: 1..<4, using: &random)).map { _ in sample(for: path, &random) }
        let (hasNull, isNegated) = (Bool.random(using: &random), Bool.random(using: &random))
        let texts = values.map { quoted($0, &random) } + (hasNull ? ["null"] : [])
        return ModelFilter(text: "\(path) \(isNegated ? "NOT IN" : "in") (\(texts.joined(separator: ", ")))") {
            let value = $1.value(path, of: $0)
            let isIn = value.string.map { text in values.contains { $0.utf8.elementsEqual(text.utf8) } } ?? hasNull
            return isIn != isNegated
        }
    }

    private static func words(_ random: inout SeededRandom) -> ModelFilter {
        let (text, wanted, isPrefix) =
            [
                ("alpha", ["alpha"], false), ("ALP*", ["alp"], true), ("alpha beta", ["alpha", "beta"], false),
                ("apfel", ["apfel"], false), ("Äpf*", ["apf"], true), ("off 50", ["off", "50"], false),
                ("日本", ["日本"], false), ("hi", ["hi"], false), ("drop", ["drop"], false), ("case", ["case"], false),
                ("eclair", ["eclair"], false), ("b", ["b"], false), ("NOT", ["not"], false),
            ].randomElement(using: &random) ?? ("", [], false)
        let field = [nil, "title", "description"][Int.random(in: 0..<3, using: &random)]
        return ModelFilter(text: "\(field.map { $0 + " " } ?? "")MATCHES '\(text)'") { record, world in
            let fields = field.map { [$0] } ?? ["title", "description"]
            let found = fields.flatMap { Self.words(in: world.value($0, of: record).string ?? "") }
            return wanted.allSatisfy { word in found.contains { isPrefix ? $0.hasPrefix(word) : $0 == word } }
        }
    }
}

extension ModelFilter {
    private static let signs = ["=", "!=", "<", "<=", ">", ">="]

    private static func compare<Value: Equatable>(
        _ sign: String, _ one: Value, _ other: Value, _ precedes: (Value, Value) -> Bool
    ) -> Bool {
        switch sign {
        case "=": one == other
        case "!=": one != other
        case "<": precedes(one, other)
        case "<=": !precedes(other, one)
        case ">": precedes(other, one)
        default: !precedes(one, other)
        }
    }

    private static func sample(for path: String, _ random: inout SeededRandom) -> String {
        let samples =
            switch path.split(separator: ".").last {
            case "status": ["open", "OPEN", "in progress", "d"]
            case "id", "assignee", "parent": ["t1", "t33", "u2", "u8", "g1", "T"]
            case "email": ["a@x.test", "@X", "c%", "%", "_"]
            default: ModelWorld.texts + ["%", "_", "\"", "'", "\\", "ss", "Σ", "\0", "*"]
            }
        let sample = samples.randomElement(using: &random) ?? ""
        return Bool.random(using: &random) ? sample : piece(of: sample, &random)
    }

    /// A part of a text, often from its beginning and often in other letters.
    private static func piece(of text: String, _ random: inout SeededRandom) -> String {
        let scalars = Array(text.unicodeScalars)
        let start = Bool.random(using: &random) ? 0 : Int.random(in: 0...scalars.count, using: &random)
        let end = Int.random(in: start...scalars.count, using: &random)
        var piece = String.UnicodeScalarView()
        piece.append(contentsOf: scalars[start..<end])
        return [String(piece), String(piece).uppercased(), String(piece).lowercased()].randomElement(using: &random)
            ?? ""
    }

    private static func quoted(_ text: String, _ random: inout SeededRandom) -> String {
        let quote = Bool.random(using: &random) ? "'" : "\""
        var quoted = quote
        for scalar in text.unicodeScalars {
            if String(scalar) == quote || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + quote
    }

    private static func folded(_ text: String) -> [Unicode.Scalar] {
        Array(text.uppercased().lowercased().unicodeScalars)
    }

    private static func words(in text: String) -> [String] {
        text.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
            .split { !$0.isLetter && !$0.isNumber }.map(String.init)
    }

    private static func date(_ random: inout SeededRandom) -> ModelFilter {
        let path = ["dueDate", "changedAt", "parent.dueDate"].randomElement(using: &random) ?? ""
        let sign = signs.randomElement(using: &random) ?? ""
        let value = ModelDate.samples.randomElement(using: &random) ?? ModelDate.samples[0]
        return ModelFilter(text: "\(path) \(sign) \(value.text)") { record, world in
            guard let date = world.value(path, of: record).string.map(ModelDate.seconds) else { return sign == "!=" }
            return value.holds(sign, date)
        }
    }
}

extension [Unicode.Scalar] {
    fileprivate func has(_ part: [Unicode.Scalar]) -> Bool {
        part.count <= count && (0...(count - part.count)).contains { Array(self[$0..<$0 + part.count]) == part }
    }
}
