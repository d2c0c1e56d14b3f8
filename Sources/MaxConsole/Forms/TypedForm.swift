internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// What came with a form, by the names of its controls.
///
/// What is typed may be a secret, so that it is not shown by accident.
struct TypedForm: Sendable, CustomStringConvertible, CustomReflectable {
    private let values: [String: [String]]

    init(_ fields: [(name: String, value: String)]) {
        values = Dictionary(grouping: fields, by: \.name).mapValues { $0.map(\.value) }
    }

    var description: String { "form with \(values.count) fields" }
    var customMirror: Mirror { Mirror(self, children: []) }

    /// The first value of a control.
    subscript(name: String) -> String? { values[name]?.first }

    /// Every value of a control.
    func all(_ name: String) -> [String] { values[name] ?? [] }

    /// The answers to the questions of a form.
    ///
    /// A secret that is left empty is not answered, so that the one that is held stays.
    func answers(to fields: [FormField]) -> [String: GivenValue] {
        var answers: [String: GivenValue] = [:]
        for field in fields {
            answers[field.spec.name] = answer(to: field.spec, at: FieldPlace.name(of: field.spec.name))
        }
        return answers
    }

    private func answer(to spec: FieldSpec, at name: String) -> GivenValue? {
        switch spec.kind {
        case .secret: self[name].flatMap { $0.isEmpty ? nil : .secret(SecretValue($0)) }
        case .string, .url, .email, .integer, .decimal, .date, .file:
            // A line that was sent empty is an answer too: it takes an earlier one away.
            self[name].map { .plain(.string($0)) }
        case .choice: .plain(.string(self[name] ?? ""))
        case .boolean, .choices, .list, .object, .oneOf: .plain(part(spec.kind, name) ?? .null)
        }
    }

    /// A composed answer, or a part of one; nil when nothing was typed.
    private func part(_ kind: FieldKind, _ name: String) -> JSON? {
        switch kind {
        case .string, .secret, .url, .email, .date, .choice, .file, .integer, .decimal: typed(self[name], kind)
        case .boolean: .bool(self[name] != nil)
        case .choices: all(name).isEmpty ? nil : .array(all(name).map(JSON.string))
        case .list(let element) where element.isPlain: lines(name, of: element)
        case .list(let element): rows(of: element, name)
        case .object(let specs): members(specs, name)
        case .oneOf(let discriminator, let variants): shape(variants, by: discriminator, name)
        }
    }

    /// A text as the kind of value it is meant for; what is none stays text and is refused by its question.
    private func typed(_ text: String?, _ kind: FieldKind) -> JSON? {
        guard let text = text?.trimmingCharacters(in: .whitespacesAndNewlines), !text.isEmpty else { return nil }
        return switch kind {
        case .integer: Int64(text).map(JSON.integer) ?? .string(text)
        case .decimal: Double(text).map(JSON.number) ?? .string(text)
        case .boolean: ["yes": .bool(true), "no": .bool(false)][text.lowercased()] ?? .string(text)
        case .string, .secret, .url, .email, .date, .choice, .choices, .file, .list, .object, .oneOf: .string(text)
        }
    }

    private func lines(_ name: String, of element: FieldKind) -> JSON? {
        let values = (self[name] ?? "").split(whereSeparator: \.isNewline).compactMap { typed(String($0), element) }
        return values.isEmpty ? nil : .array(values)
    }

    private func rows(of element: FieldKind, _ name: String) -> JSON? {
        let own = values.keys.filter { $0.hasPrefix("\(name).") }.map { $0.dropFirst(name.count + 1) }
        let numbers = Set(own.compactMap { Int($0.prefix { $0 != "." }) })
        let rows = numbers.sorted().compactMap { part(element, "\(name).\($0)") }
        return rows.isEmpty ? nil : .array(rows)
    }

    private func members(_ specs: [FieldSpec], _ name: String) -> JSON? {
        var members: [String: JSON] = [:]
        for spec in specs { members[spec.name] = part(spec.kind, "\(name).\(spec.name)") }
        // A box that is not ticked says nothing alone.
        return members.values.allSatisfy { $0 == .bool(false) } ? nil : .object(members)
    }

    private func shape(_ variants: [FieldVariant], by discriminator: String, _ name: String) -> JSON? {
        guard let value = self["\(name).\(discriminator)"], let variant = variants.first(where: { $0.value == value })
        else { return nil }
        var members = [discriminator: JSON.string(value)]
        if case .object(let own) = self.members(variant.fields, "\(name).\(value)") {
            members.merge(own) { first, _ in first }
        }
        return .object(members)
    }
}
