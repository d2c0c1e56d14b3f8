internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxSetup
internal import MaxTerminal

/// One question of a form on a terminal.
struct FieldQuestion: Sendable {
    let field: FormField
    let problem: Problem?
    let notices: [String]
    let canGoBack: Bool
    /// What Enter alone starts.
    let offer: String?

    /// What came of asking.
    enum Outcome: Sendable {
        case answered(GivenValue)
        /// Nothing was typed, and there is something to keep or nothing needed.
        case kept
        case offerTaken
        case back
    }

    private var spec: FieldSpec { field.spec }

    /// Asks in the way that suits the kind of answer.
    func ask(on terminal: Terminal) async throws -> Outcome {
        switch spec.kind {
        case .secret: return try await askSecret(on: terminal)
        case .boolean:
            let fallback = field.value?.bool ?? spec.fallback?.bool ?? false
            return try await terminal.confirm(spec.label, default: fallback).outcome { .plain(.bool($0)) }
        case .choice(let options):
            return try await choose(from: options, many: false, on: terminal)
        case .choices(let options):
            return try await choose(from: options, many: true, on: terminal)
        case .oneOf(let discriminator, let variants):
            return try await askVariant(discriminator, variants, on: terminal)
        case .object(let fields):
            return try await askParts(fields, on: terminal, adding: [:])
        case .string, .url, .email, .integer, .decimal, .date, .file, .list:
            return try await askLine(on: terminal)
        }
    }

    private func askLine(on terminal: Terminal) async throws -> Outcome {
        var prompt = prompt
        prompt.text = field.value.map(\.typed) ?? ""
        prompt.default = spec.fallback?.typed
        prompt.check = { [spec, offer] text in
            text.isEmpty && offer != nil ? nil : spec.refusal(of: .plain(.string(text)), isHeld: false)
        }
        let reply = try await terminal.ask(prompt)
        if offer != nil, case .value("") = reply { return .offerTaken }
        return reply.outcome { .plain(.string($0)) }
    }

    private func askSecret(on terminal: Terminal) async throws -> Outcome {
        var prompt = prompt
        prompt.held = field.isHeld
        prompt.check = { [field, offer] text in
            let isOffered = text.isEmpty && offer != nil
            return isOffered ? nil : field.spec.refusal(of: .secret(SecretValue(text)), isHeld: field.isHeld)
        }
        if let host = field.destination { prompt.help.append("It goes to \(host), and nowhere else.") }
        prompt.help.append("Max stores this encrypted on YOUR machine. It is never shared with apps or agents.")
        return switch try await terminal.askSecret(prompt) {
        case .value(let bytes) where bytes.isEmpty && field.isHeld: .kept
        case .value(let bytes) where bytes.isEmpty && offer != nil: .offerTaken
        case .value(let bytes): .answered(.secret(SecretValue(bytes)))
        case .back: .back
        }
    }

    private func choose(from options: [Choice], many: Bool, on terminal: Terminal) async throws -> Outcome {
        let chosen = field.value?.array?.compactMap(\.string) ?? [field.value?.string].compactMap(\.self)
        let list = ListPrompt(
            spec.label, items: options.map(\.item), many: many, picked: Set(chosen), help: prompt.help,
            problem: problem?.words, canGoBack: canGoBack)
        return try await terminal.choose(list).outcome { items in
            .plain(many ? .array(items.map { .string($0.id) }) : JSON(items.first?.id))
        }
    }

    private func askVariant(
        _ discriminator: String, _ variants: [FieldVariant], on terminal: Terminal
    ) async throws -> Outcome {
        let list = ListPrompt(
            spec.label, items: variants.map { .init(id: $0.value, label: $0.label) }, help: prompt.help,
            problem: problem?.words, canGoBack: canGoBack)
        guard case .value(let items) = try await terminal.choose(list), let item = items.first,
            let variant = variants.first(where: { $0.value == item.id })
        else { return .back }
        return try await askParts(variant.fields, on: terminal, adding: [discriminator: .string(variant.value)])
    }

    private func askParts(
        _ fields: [FieldSpec], on terminal: Terminal, adding members: [String: JSON]
    ) async throws -> Outcome {
        var members = members
        var index = 0
        while index < fields.count {
            let part = FieldQuestion(
                field: FormField(spec: fields[index], value: field.value?[fields[index].name], isHeld: false),
                problem: index == 0 ? problem : nil, notices: [], canGoBack: canGoBack || index > 0, offer: nil)
            switch try await part.ask(on: terminal) {
            case .answered(.plain(let value)):
                members[fields[index].name] = value
                index += 1
            case .answered(.secret), .kept, .offerTaken: index += 1
            case .back where index == 0: return .back
            case .back: index -= 1
            }
        }
        return .answered(.plain(.object(members)))
    }

    private var prompt: LinePrompt {
        let link = spec.link.map { "Find or make one at \($0.absoluteString)" }
        var prompt = LinePrompt(
            spec.required ? spec.label : "\(spec.label) (optional)", example: spec.example,
            enterAlone: offer.map { "Enter alone starts \($0)" },
            help: [spec.help, link].compactMap(\.self), notices: notices, problem: problem?.words,
            canGoBack: canGoBack)
        prompt.emptyAnswer = offer ?? ""
        return prompt
    }
}

extension FieldSpec {
    /// Why a value cannot be taken, as it can be told before anyone else is asked.
    fileprivate func refusal(of given: GivenValue, isHeld: Bool) -> String? {
        do throws(Problem) {
            guard case .nothing = try read(given).answer, required, fallback == nil, !isHeld else { return nil }
            return "\(label) is needed."
        } catch {
            return error.words
        }
    }
}

extension MaxTerminal.Reply {
    fileprivate func outcome(_ value: (Value) -> GivenValue) -> FieldQuestion.Outcome {
        switch self {
        case .value(let answer): .answered(value(answer))
        case .back: .back
        }
    }
}

extension JSON {
    /// The value as a person would type it.
    var typed: String {
        switch self {
        case .string(let text): text
        case .array(let elements): elements.map(\.typed).joined(separator: ", ")
        case .null: ""
        case .bool(let truth): truth ? "yes" : "no"
        case .integer, .number, .object: text
        }
    }
}
