import Foundation
import MaxCore
import MaxHub

@testable import MaxConnector
@testable import MaxConsole
@testable import MaxEngines
@testable import MaxSetup

/// Values to make pages of.
enum Scenes {
    static let now = Date(timeIntervalSince1970: 1_780_000_000)
    static let setting = PageSetting(csrf: "csrf-token", now: now)

    static func field(
        _ kind: FieldKind, name: String = "thing", value: JSON? = nil, isHeld: Bool = false, required: Bool = true
    ) -> FormField {
        FormField(
            spec: FieldSpec(name: name, label: "Thing", kind: kind, required: required), value: value, isHeld: isHeld)
    }

    static func form(_ fields: [FormField], problem: Problem? = nil, offer: String? = nil) -> FlowView {
        .form(
            FormView(
                step: StepView(id: "1-form", title: "Your account", canGoBack: true), fields: fields,
                problem: problem, notices: [], sandboxOffer: offer))
    }

    /// Every kind of question there is.
    static let kinds: [FieldKind] = {
        let choices = [Choice("One", value: "1"), Choice("Two", value: "2", detail: "the second")]
        let part = FieldSpec(name: "part", label: "Part", kind: .string)
        return [
            .string, .secret, .url, .email, .integer(minimum: 1, maximum: 9), .decimal, .boolean, .date,
            .choice(choices), .choice((1...9).map { Choice("Option \($0)", value: "\($0)") }), .choices(choices),
            .file(maximumBytes: 100), .list(of: .string), .list(of: .object([part])), .object([part]),
            .oneOf(
                discriminator: "by",
                [
                    FieldVariant("By name", value: "name", fields: [part]),
                    FieldVariant("By number", value: "number", fields: [part]),
                ]),
        ]
    }()
}

extension Scenes {
    /// An account of the shop.
    static func connection(_ name: String, label: String) -> Connection {
        Connection(
            id: ConnectionID(rawValue: "con_\(name)"), connector: "shop", slug: "shop-\(name)", label: label,
            identity: nil, state: .active, config: [:], configVersion: 1, isSandbox: false, allowedHosts: [],
            createdAt: now, activatedAt: now)
    }

    /// How an account is that was never synced.
    static func card(_ connection: Connection) -> ConnectionCard {
        return ConnectionCard(
            connection: connection, lock: nil, health: .project(ConnectionFacts(connection), at: Date()),
            schedule: ConnectionSchedule(recommended: SyncSchedule.usual, own: nil))
    }

    /// A sync that is under way.
    static func sync(_ progress: RunProgress) -> SyncPart {
        let run = Run(
            id: RunID(rawValue: "run_1"), connection: ConnectionID(rawValue: "con_dana"), scope: RunScope(),
            state: .running, requestedAt: now, startedAt: now, progress: progress)
        let connection = connection("dana", label: "dana@shop.test")
        return SyncScene(run: run, connection: connection, stored: 0, now: now, csrf: "csrf-token").part
    }

    /// A page of a setup.
    static func page(_ view: FlowView) -> SetupPage {
        var connection = connection("dana", label: "dana@shop.test")
        if case .finished(let view) = view { connection.label = view.identity?.label ?? connection.label }
        let session = SetupSession(
            id: SessionID(rawValue: "set_1"), connector: "shop", purpose: .add, connection: connection.id, name: nil,
            createdAt: now, expiresAt: now.addingTimeInterval(3500))
        let reply = SetupReply(session: session, connector: shop, view: view)
        return SetupPage(reply, scene: FinishedScene(connection: connection, sync: nil), setting)
    }

    /// Something to connect.
    static let shop = ConnectorDescriptor(
        name: "shop", displayName: "Shop", description: "What you bought.", icon: "", version: "1", tier: .bronze,
        scopes: [], collects: ["orders"], doesNotCollect: ["payments"], egress: .nowhere,
        syncEvery: .seconds(3600))

    /// Every view of a setup in ordinary words.
    static let plainViews: [FlowView] = {
        let step = StepView(id: "1", title: "Your shop", canGoBack: true)
        return [
            form(kinds.enumerated().map { field($1, name: "field\($0)") }, offer: "a local Shop sandbox"),
            .choice(ChoiceView(step: step, field: "place", options: [Choice("One", value: "1")])),
            .working(WorkingView(step: step, ladder: nil)),
            .open(OpenView(step: step, target: .device(source: "photos"), problem: nil)),
            .open(OpenView(step: step, target: .upload(accepts: ["zip"], maximumBytes: 1), problem: nil)),
            .refused(Problem("x", .permanent, "Shop is closed.")),
            .finished(FinishedView(connection: ConnectionID(rawValue: "con_dana"), identity: nil, updated: false)),
        ]
    }()
}
