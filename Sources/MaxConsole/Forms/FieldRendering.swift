internal import MaxConnector
internal import MaxCore
internal import MaxHub

extension FieldPart {
    /// The most options that are shown side by side; more of them fold out.
    private static let mostPicks = 6
    /// How many empty parts a list of composed answers offers for more.
    private static let spareRows = 2

    /// Makes what is shown of a question in a form.
    init(_ field: FormField, typed: String? = nil, number: Int, problem: Problem?) {
        let own = problem.flatMap { $0.field == field.spec.name ? ProblemPart(asked: $0) : nil }
        self.init(
            field.spec, FieldPlace(field.spec.name, number: number),
            value: typed.map(JSON.string) ?? field.value ?? field.spec.fallback, isHeld: field.isHeld, problem: own)
        keeping?.destination = field.destination.map { "It goes to \($0), and nowhere else." }
        isFocused = own != nil
    }

    /// Makes what is shown of a question, whole or part of another.
    private init(
        _ spec: FieldSpec, _ place: FieldPlace, value: JSON?, isHeld: Bool = false, problem: ProblemPart? = nil
    ) {
        let link = spec.link.flatMap { LinkPart(spec.isSecret ? "Find or make one" : "Show me where", $0) }
        self.init(
            place, label: spec.label, isRequired: spec.required && !isHeld,
            help: HelpPart(text: spec.helpText, link: link),
            keeping: spec.isSecret ? KeepingPart(isHeld: isHeld, isDoubted: problem != nil) : nil,
            problem: problem)
        show(spec, place, value)
    }

    /// Gives the question the one control of its kind.
    private mutating func show(_ spec: FieldSpec, _ place: FieldPlace, _ value: JSON?) {
        switch spec.kind {
        case .string, .url, .email, .integer, .decimal, .date, .file, .secret: line = LineControl(spec, value)
        case .boolean: tick = TickControl(isOn: value == .bool(true))
        case .choice(let choices) where choices.count > Self.mostPicks:
            menu = MenuControl(options: Self.picks(choices, place, chosen: value.texts, "radio"))
        case .choice(let choices):
            picks = PicksControl(options: Self.picks(choices, place, chosen: value.texts, "radio"))
        case .choices(let choices):
            picks = PicksControl(options: Self.picks(choices, place, chosen: value.texts, "checkbox"))
        case .list(let element) where element.isPlain:
            lines = LinesControl(value: (value?.array ?? []).map(\.typed).joined(separator: "\n"))
        case .list(let element): group = GroupControl(fields: Self.rows(of: element, spec, place, value))
        case .object(let specs): group = GroupControl(fields: Self.parts(specs, place, value))
        case .oneOf(let discriminator, let variants):
            group = GroupControl(shapes: Self.shapes(variants, by: discriminator, place, value))
        }
    }

    static func picks(
        _ choices: [Choice], _ place: FieldPlace, chosen: [String], _ type: String
    ) -> [PickPart] {
        choices.enumerated().map { index, choice in
            PickPart(
                id: place.option(index + 1).id, name: place.name, type: type, value: choice.value,
                label: choice.label, detail: choice.detail, isChosen: chosen.contains(choice.value))
        }
    }

    private static func parts(_ specs: [FieldSpec], _ place: FieldPlace, _ value: JSON?) -> [FieldPart] {
        specs.enumerated().map { index, spec in
            FieldPart(spec, place.part(spec.name, number: index + 1), value: value?[spec.name] ?? spec.fallback)
        }
    }

    private static func rows(
        of element: FieldKind, _ spec: FieldSpec, _ place: FieldPlace, _ value: JSON?
    ) -> [FieldPart] {
        let values = value?.array ?? []
        return (0..<values.count + spareRows).map { index in
            let row = FieldSpec(name: "\(index)", label: "\(spec.label) \(index + 1)", kind: element, required: false)
            let given = values.indices.contains(index) ? values[index] : nil
            return FieldPart(row, place.part(row.name, number: index + 1), value: given)
        }
    }

    private static func shapes(
        _ variants: [FieldVariant], by discriminator: String, _ place: FieldPlace, _ value: JSON?
    ) -> [ShapePart] {
        let chosen = value?[discriminator]?.string ?? (variants.count == 1 ? variants[0].value : nil)
        return variants.enumerated().map { index, variant in
            let isChosen = variant.value == chosen
            let own = place.part(variant.value, number: index + 1)
            return ShapePart(
                id: own.id, name: "\(place.name).\(discriminator)", value: variant.value, label: variant.label,
                isChosen: isChosen, fields: parts(variant.fields, own, isChosen ? value : nil))
        }
    }
}

extension LineControl {
    fileprivate init(_ spec: FieldSpec, _ value: JSON?) {
        self.value = spec.isSecret ? "" : value.map(\.typed) ?? ""
        example = spec.example
        autocomplete = spec.autocomplete
        switch spec.kind {
        case .secret: (type, isVerbatim, autocomplete) = ("password", true, spec.autocomplete ?? "off")
        case .url: (type, isVerbatim) = ("url", true)
        case .email: (type, isVerbatim, autocomplete) = ("email", true, spec.autocomplete ?? "email")
        case .integer(let minimum, let maximum):
            (type, mode, self.minimum, self.maximum) = ("number", "numeric", minimum, maximum)
        case .decimal: mode = "decimal"
        case .date: type = "date"
        case .file: isVerbatim = true
        case .string, .boolean, .choice, .choices, .list, .object, .oneOf: break
        }
    }
}

extension FieldSpec {
    /// The sentence that helps, and how a kind is typed that does not show it.
    fileprivate var helpText: String? {
        let own =
            switch kind {
            case .list(let element) where element.isPlain: "One on each line."
            case .list: "Leave empty what you do not need."
            case .file: "The path of a file on the machine that Max is on."
            case .string, .secret, .url, .email, .integer, .decimal, .boolean, .date, .choice, .choices, .object,
                .oneOf:
                nil as String?
            }
        let sentences = [help, own].compactMap(\.self)
        return sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }
}

extension FieldKind {
    /// Whether it is typed into one line that anybody may see.
    var isLine: Bool {
        switch self {
        case .string, .url, .email, .integer, .decimal, .date, .file: true
        case .secret, .boolean, .choice, .choices, .list, .object, .oneOf: false
        }
    }

    /// Whether an answer is one text.
    var isPlain: Bool {
        switch self {
        case .string, .secret, .url, .email, .integer, .decimal, .boolean, .date, .choice, .file: true
        case .choices, .list, .object, .oneOf: false
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

extension JSON? {
    /// The texts that are chosen.
    fileprivate var texts: [String] { self?.array?.compactMap(\.string) ?? self?.string.map { [$0] } ?? [] }
}
