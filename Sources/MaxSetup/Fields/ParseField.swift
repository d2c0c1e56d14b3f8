internal import Foundation
internal import MaxConnector
internal import MaxCore

extension FieldSpec {
    /// Turns typed text into the field's kind of value; what is no such value stays text and is refused later.
    func parse(_ text: String) -> JSON {
        switch kind {
        case .string, .secret, .url, .email, .date, .choice, .file: .string(text)
        case .integer: Int64(text).map(JSON.integer) ?? .string(text)
        case .decimal: Self.decimal(text).map(JSON.number) ?? .string(text)
        case .boolean: Self.truth(text).map(JSON.bool) ?? .string(text)
        case .choices: .array(Self.listed(text).map(JSON.string))
        case .list(let element): .array(Self.listed(text).map { element.named(label, name).parse($0) })
        case .object, .oneOf: (try? JSON(parsing: Data(text.utf8))) ?? .string(text)
        }
    }

    /// A number in decimal digits; the language's own hexadecimal ones, infinities and “nan” are none.
    private static func decimal(_ text: String) -> Double? {
        text.allSatisfy { "0123456789+-.eE".contains($0) } ? Double(text) : nil
    }

    private static func truth(_ text: String) -> Bool? {
        switch text.lowercased() {
        case "yes", "y", "true", "on", "1": true
        case "no", "n", "false", "off", "0": false
        default: nil
        }
    }

    private static func listed(_ text: String) -> [String] {
        text.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
    }
}

extension FieldKind {
    /// A question for a part of another question.
    func named(_ label: String, _ name: String) -> FieldSpec { FieldSpec(name: name, label: label, kind: self) }
}
