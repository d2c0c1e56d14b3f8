internal import MaxCore

extension ConnectorDescriptor {
    /// What is wrong with names and words.
    func mistakes() -> [AuthorMistake] {
        var mistakes: [AuthorMistake] = []
        if (try? #/[a-z][a-z0-9-]{0,39}/#.wholeMatch(in: name)) == nil {
            mistakes.append(AuthorMistake("the name “\(name)” is not made of lower-case letters, digits and dashes"))
        }
        for (what, text) in [("a display name", displayName), ("a description", description), ("a version", version)]
        where text.allSatisfy(\.isWhitespace) {
            mistakes.append(AuthorMistake("it has no \(what.dropFirst(2))"))
        }
        if collects.isEmpty { mistakes.append(AuthorMistake("it does not say what it collects")) }
        if icon.utf8.count > 8 << 10 { mistakes.append(AuthorMistake("its icon is over 8 KB")) }
        if !icon.hasPrefix("<svg") { mistakes.append(AuthorMistake("its icon does not begin with <svg")) }
        if icon.firstMatch(of: Self.livelyIcon) != nil {
            mistakes.append(AuthorMistake("its icon has a script or refers to something outside"))
        }
        return mistakes
    }

    /// What an icon must not hold: code, handlers, and anything that loads or embeds something else.
    private static var livelyIcon: Regex<Substring> {
        #/
            <\s*(?:script|foreignObject|style|image|use|iframe|!)
            | \bon[a-z]+\s*=
            | href | url\s*\( | javascript: | &\#
        /#.ignoresCase()
    }
}

extension FlowDefinition {
    /// What is wrong with the conversation.
    func mistakes(_ rehearsal: FlowRehearsal) -> [AuthorMistake] {
        rehearsal.names.repeated.map { AuthorMistake("two questions fill “\($0)”") }
            + rehearsal.readTooEarly.map {
                AuthorMistake("the step “\($0.step)” reads \($0.field), which no earlier step provides")
            }
            + rehearsal.config.mistakes
            + rehearsal.fields.filter(\.kind.nestsSecret).map {
                AuthorMistake("“\($0.label)” has a secret inside a list or an object; ask for it with Secret")
            }
            + rehearsal.fields.filter { $0.pattern?.isSound == false }.map {
                AuthorMistake("the pattern of “\($0.label)” is not a regular expression")
            }
            + rehearsal.fields.filter { $0.isAdvanced && $0.required && $0.fallback == nil }.map {
                AuthorMistake("“\($0.label)” is advanced and needs an answer; give it a fallback")
            }
            + (steps.isEmpty ? [AuthorMistake("the onboarding has no step")] : [])
    }
}

extension ConfigRehearsal {
    /// What is wrong between the questions and the config.
    fileprivate var mistakes: [AuthorMistake] {
        lacking.map { AuthorMistake("no step provides the config's \($0)") }
            + lost.map {
                AuthorMistake(
                    "the config has no coding key “\($0)”; fill stored properties and keep the synthesised coding keys")
            }
            + (nameless
                ? [AuthorMistake("a question fills a property that is computed or observed; fill plain stored ones")]
                : [])
            + unfit.map { AuthorMistake("the answer to “\($0)” is of another type than the config's property") }
    }
}

extension Egress {
    /// What is wrong with the hosts it names.
    func mistakes(_ rehearsal: FlowRehearsal) -> [AuthorMistake] {
        switch self {
        case .hosts(let hosts):
            hosts.isEmpty ? [AuthorMistake("its egress names no host; say that it goes nowhere")] : []
        case .configured(let field):
            rehearsal.fields.contains { $0.name == field && ($0.kind == .url || $0.kind == .string) }
                ? [] : [AuthorMistake("its egress is the host of “\(field)”, but no question asks for that address")]
        case .nowhere: []
        }
    }
}

extension FieldKind {
    /// Whether it holds a secret that would end up in the config.
    fileprivate var nestsSecret: Bool {
        switch self {
        case .list(let element): element == .secret || element.nestsSecret
        case .object(let fields): fields.contains { $0.isSecret || $0.kind.nestsSecret }
        case .oneOf(_, let variants):
            variants.contains { $0.fields.contains { $0.isSecret || $0.kind.nestsSecret } }
        case .string, .secret, .url, .email, .integer, .decimal, .boolean, .date, .choice, .choices, .file: false
        }
    }
}
