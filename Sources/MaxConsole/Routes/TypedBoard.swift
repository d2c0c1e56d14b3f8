internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxSetup
internal import Synchronization

/// What was typed into the plain lines of a setup and did not do, so that it can be mended where it stands.
///
/// It is kept in memory alone: whoever mistakes a line for that of a secret has not stored it anywhere.
final class TypedBoard: Sendable {
    private let sheets = Mutex<[SessionID: Sheet]>([:])

    /// How many setups are remembered at most.
    private static let most = 100

    private struct Sheet: Sendable {
        let revision: Int
        let lines: [String: String]
    }

    /// What was typed last into the lines of a setup, by question; nothing once the setup has moved on.
    func lines(of session: SetupSession) -> [String: String] {
        let sheet = sheets.withLock { $0[session.id] }
        return sheet.flatMap { $0.revision == session.revision ? $0.lines : nil } ?? [:]
    }

    /// Keeps the lines of a form that is asked again, and forgets those before.
    func keep(_ form: TypedForm, of reply: SetupReply) {
        var lines: [String: String] = [:]
        if case .form(let view) = reply.view, view.problem != nil {
            for spec in view.fields.map(\.spec) where spec.kind.isLine {
                lines[spec.name] = form[FieldPlace.name(of: spec.name)]
            }
        }
        sheets.withLock { [lines] sheets in
            sheets[reply.session.id] = nil
            guard !lines.isEmpty else { return }
            if sheets.count >= Self.most { sheets = [:] }
            sheets[reply.session.id] = Sheet(revision: reply.session.revision, lines: lines)
        }
    }
}
