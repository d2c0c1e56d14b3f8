internal import Foundation
internal import MaxClient
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxWire

extension AgentViewBody {
    /// The view as commands go through it.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `server_unfit` where it is none that this program knows.
    func view(of server: ServerAddress) throws -> SetupScene.View {
        let found = problem.map { Problem($0) }
        switch (kind, step) {
        case ("form", let step?):
            let fields = (fields ?? []).map {
                FormField(spec: FieldSpec($0), value: $0.value, isHeld: false)
            }
            return .shown(
                .form(
                    FormView(
                        step: step, fields: fields, problem: found, notices: notices ?? [],
                        sandboxOffer: sandboxOffer, ladder: ladder.map { Ladder($0) }, triesLeft: triesLeft)))
        case ("choice", let step?):
            guard let choice else { throw server.misunderstood }
            return .shown(.choice(ChoiceView(choice, at: step, found, notices ?? [], ladder.map { Ladder($0) })))
        case ("working", let step?):
            return .shown(.working(WorkingView(step: step, ladder: ladder.map { Ladder($0) })))
        case ("open", let step?):
            guard open?.kind == "owner_link", let link = open?.url else { throw server.misunderstood }
            return .owners(
                SetupScene.OwnersStep(
                    title: step.title, link: link, problem: found, destination: open?.destination,
                    ladder: ladder.map { Ladder($0) }))
        case ("finished", _):
            guard let connection else { throw server.misunderstood }
            return .shown(
                .finished(
                    FinishedView(
                        connection: ConnectionID(rawValue: connection), identity: nil, updated: updated ?? false,
                        ladder: ladder.map { Ladder($0) }, credential: credential, expiresAt: expiresAt)))
        case ("refused", _):
            guard let found else { throw server.misunderstood }
            return .shown(.refused(found))
        default: throw server.misunderstood
        }
    }
}

extension ChoiceView {
    fileprivate init(
        _ body: ChoiceBody, at step: StepView, _ problem: Problem?, _ notices: [String], _ ladder: Ladder?
    ) {
        self.init(
            step: step, field: body.field,
            options: body.options.map { Choice($0.label, value: $0.value, detail: $0.detail) }, many: body.many,
            isSearchable: body.searchable, query: body.query, explanation: body.explanation,
            question: PlatformQuestion(field: body.field), problem: problem, notices: notices, ladder: ladder)
    }
}

extension PlatformQuestion {
    /// The platform's own question that has this field; what it is about stands in its explanation.
    fileprivate init?(field: String) {
        switch field {
        case "platform.same_account":
            self = .sameAccount(connection: ConnectionID(rawValue: ""), slug: "", label: "")
        case "platform.other_account": self = .otherAccount(expected: "", found: "")
        default: return nil
        }
    }
}

extension FieldSpec {
    fileprivate init(_ body: PlainFieldBody) {
        self.init(
            name: body.name, label: body.label, kind: FieldKind(body), required: body.required, help: body.help,
            link: body.link.flatMap { URL(string: $0) }, example: body.example,
            pattern: body.pattern.map { Pattern($0) },
            fallback: body.default, advanced: body.advanced ?? false)
    }
}

extension FieldKind {
    fileprivate init(_ body: PlainFieldBody) {
        let choices = (body.options ?? []).map { Choice($0.label, value: $0.value, detail: $0.detail) }
        let parts = (body.parts ?? []).map { FieldSpec($0) }
        switch body.type {
        case .string: self = .string
        case .url: self = .url
        case .email: self = .email
        case .integer: self = .integer(minimum: body.minimum, maximum: body.maximum)
        case .decimal: self = .decimal
        case .boolean: self = .boolean
        case .date: self = .date
        case .choice: self = .choice(choices)
        case .choices: self = .choices(choices)
        case .list: self = .list(of: parts.first?.kind ?? .string)
        case .object: self = .object(parts)
        case .oneOf:
            self = .oneOf(
                discriminator: body.discriminator ?? "",
                (body.variants ?? []).map {
                    FieldVariant($0.label, value: $0.value, fields: $0.fields.map { FieldSpec($0) })
                })
        }
    }
}

extension ServerAddress {
    fileprivate var misunderstood: MaxError {
        MaxError(
            .serverUnfit, "The server at \(self) asks something that this version of Max does not know.",
            fix: "Update Max here, or go on at the server's own page.")
    }
}
