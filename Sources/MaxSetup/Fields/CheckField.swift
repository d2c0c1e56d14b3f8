internal import Foundation
internal import MaxConnector
internal import MaxCore

extension FieldSpec {
    /// Checks a value of the field's kind and returns the form in which it is stored.
    func checked(_ value: JSON) throws(Problem) -> JSON {
        switch kind {
        case .string, .secret: try matched(string(value))
        case .url: try matched(address(string(value)))
        case .email: try matched(mailbox(string(value)))
        case .integer(let minimum, let maximum): try whole(value, minimum, maximum)
        case .decimal: try finite(value)
        case .boolean: try truth(value)
        case .date: try day(string(value))
        case .choice(let options): try .string(chosen(string(value), from: options))
        case .choices(let options): try choices(value, from: options)
        case .file(let maximum): try file(string(value), maximum)
        case .list(let element): try list(value, of: element)
        case .object(let fields): try object(value, fields)
        case .oneOf(let discriminator, let variants): try variant(value, discriminator, variants)
        }
    }

    private func string(_ value: JSON) throws(Problem) -> String {
        guard let text = value.string else { throw refusal("not_text", "\(label) has to be text.") }
        if text.unicodeScalars.contains(where: \.isControl) {
            throw refusal("control_characters", "\(label) holds a control character; type or paste it again.")
        }
        return text
    }

    private func matched(_ text: String) throws(Problem) -> JSON {
        if let pattern, !pattern.matches(text) { throw mismatch(pattern) }
        return .string(text)
    }

    private func mailbox(_ text: String) throws(Problem) -> String {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), !text.contains(where: \.isWhitespace) else {
            throw refusal("not_an_address", "\(text.quoted) is not an e-mail address.")
        }
        return text.lowercased()
    }

    private func whole(_ value: JSON, _ minimum: Int64?, _ maximum: Int64?) throws(Problem) -> JSON {
        guard let number = value.integer else { throw refusal("not_a_number", "\(label) has to be a whole number.") }
        if let minimum, number < minimum { throw refusal("too_small", "\(label) has to be \(minimum) or more.") }
        if let maximum, number > maximum { throw refusal("too_large", "\(label) has to be \(maximum) or less.") }
        return value
    }

    private func finite(_ value: JSON) throws(Problem) -> JSON {
        guard let number = value.number, number.isFinite else {
            throw refusal("not_a_number", "\(label) has to be a number.")
        }
        return Int64(exactly: number).map(JSON.integer) ?? value
    }

    private func truth(_ value: JSON) throws(Problem) -> JSON {
        guard value.bool != nil else { throw refusal("not_yes_or_no", "\(label) has to be yes or no.") }
        return value
    }

    private func day(_ text: String) throws(Problem) -> JSON {
        let style = Date.ISO8601FormatStyle().year().month().day()
        // 30 February is read as 2 March, so the day has to come out as it went in.
        guard let day = try? style.parse(text), style.format(day) == text else {
            throw refusal("not_a_date", "\(label) has to be a day such as 2026-02-28.")
        }
        return .string(text)
    }

    private func chosen(_ text: String, from options: [Choice]) throws(Problem) -> String {
        if let option = options.named(text) { return option.value }
        throw refusal("not_an_option", "\(text.quoted) is none of: \(options.map(\.label).joined(separator: ", ")).")
    }

    private func choices(_ value: JSON, from options: [Choice]) throws(Problem) -> JSON {
        var values: [String] = []
        for element in value.array ?? [value] { values.append(try chosen(string(element), from: options)) }
        return .array(values.withoutRepeats.map(JSON.string))
    }

    private func file(_ path: String, _ maximum: Int) throws(Problem) -> JSON {
        let values = try? URL(filePath: path).resourceValues(forKeys: [.fileSizeKey, .isRegularFileKey])
        guard let values, values.isRegularFile == true, let size = values.fileSize else {
            throw refusal("file_missing", "There is no file at \(path).")
        }
        if size > maximum {
            throw refusal("too_long", "\(path) is larger than the \(maximum.formatted()) bytes allowed.")
        }
        return .string(path)
    }

    private func list(_ value: JSON, of element: FieldKind) throws(Problem) -> JSON {
        guard let elements = value.array else { throw refusal("not_a_list", "\(label) has to be a list.") }
        var checkedElements: [JSON] = []
        for value in elements { checkedElements.append(try element.named(label, name).checked(value)) }
        return .array(checkedElements)
    }

    private func object(_ value: JSON, _ fields: [FieldSpec]) throws(Problem) -> JSON {
        guard let members = value.object else { throw refusal("not_an_object", "\(label) has to be a JSON object.") }
        var checkedMembers: [String: JSON] = [:]
        for name in members.keys where !fields.contains(where: { $0.name == name }) {
            throw refusal("unknown_field", "\(label) has no part named \(name.quoted).")
        }
        for field in fields {
            if let member = members[field.name], !member.isNull {
                checkedMembers[field.name] = try part(field, member)
            } else if let fallback = field.fallback {
                checkedMembers[field.name] = fallback
            } else if field.required {
                throw refusal("answer_missing", "\(label) lacks its \(field.label).")
            }
        }
        return .object(checkedMembers)
    }

    private func part(_ field: FieldSpec, _ value: JSON) throws(Problem) -> JSON {
        do { return try field.checked(value) } catch {
            var problem = error
            problem.field = name
            throw problem
        }
    }

    private func variant(_ value: JSON, _ discriminator: String, _ variants: [FieldVariant]) throws(Problem) -> JSON {
        guard let members = value.object, let kind = members[discriminator]?.string,
            let variant = variants.first(where: { $0.value == kind })
        else {
            let names = variants.map(\.value).joined(separator: ", ")
            throw refusal("not_an_option", "\(label) needs “\(discriminator)” to be one of: \(names).")
        }
        var rest = members
        rest[discriminator] = nil
        let fields = try object(.object(rest), variant.fields).object ?? [:]
        return .object(fields.merging([discriminator: .string(kind)]) { _, named in named })
    }
}

extension [String] {
    /// The elements in their order, each once.
    var withoutRepeats: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}

extension [Choice] {
    /// The option with that value, else the only one with that label whatever its case.
    func named(_ text: String) -> Choice? {
        if let exact = first(where: { $0.value == text }) { return exact }
        let alike = filter { $0.label.lowercased() == text.lowercased() }
        return alike.count == 1 ? alike[0] : nil
    }
}
