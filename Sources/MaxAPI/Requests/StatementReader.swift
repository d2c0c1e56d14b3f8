internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import MaxCore
internal import MaxHub
internal import MaxServer

extension Route {
    /// Reads what the parameters of a request say.
    ///
    /// - Throws: ``MaxServer/Refusal`` with status 400 for one that is unknown, unreadable, missing, or said twice.
    func read(_ request: Request, _ context: ServerContext) throws -> Statements {
        var statements = Statements()
        let query = try QueryText(request.uri.query ?? "")
        try refuseStrangers(in: query)
        for parameter in everyParameter {
            guard let text = try text(of: parameter, in: request, query, context) else {
                guard parameter.isRequired else { continue }
                throw Refusal(
                    .badRequest, "parameter_missing", "The parameter \(parameter.name.quoted) is needed.",
                    fix: parameter.summary)
            }
            statements.texts[parameter.name] = text
            if case .integer(let range) = parameter.kind {
                statements.numbers[parameter.name] = try parameter.number(text, in: range)
            }
        }
        return statements
    }

    private func text(
        of parameter: Parameter, in request: Request, _ query: QueryText, _ context: ServerContext
    ) throws -> String? {
        let text: String?
        switch parameter.place {
        case .path: text = context.parameters.get(parameter.name)?.removingPercentEncoding
        case .query: text = query.values[parameter.name]
        case .header: text = HTTPField.Name(parameter.name).flatMap { request.headers[$0] }
        }
        if case .text(let most) = parameter.kind, let text, text.utf8.count > most {
            throw Refusal(
                .badRequest, "parameter_invalid", "\(parameter.name.quoted) is longer than \(most) bytes.",
                fix: "Make it shorter.")
        }
        return text
    }

    private func refuseStrangers(in query: QueryText) throws {
        let names = parameters.filter { $0.place == .query }.map(\.name)
        guard let stranger = query.values.keys.sorted().first(where: { !names.contains($0) }) else { return }
        throw Refusal(
            .badRequest, "parameter_unknown", "There is no parameter \(stranger.shown(atMost: 40).quoted) here.",
            fix: NearestNames.question(stranger, among: names)
                ?? (names.isEmpty ? "Leave it out." : "Choose among: \(names.joined(separator: ", "))."))
    }
}

extension Parameter {
    fileprivate func number(_ text: String, in range: ClosedRange<Int>) throws -> Int {
        if text.utf8.first != UInt8(ascii: "+"), let number = Int(text), range.contains(number) { return number }
        throw Refusal(
            .badRequest, "parameter_invalid", "\(name.quoted) cannot be \(text.shown(atMost: 40).quoted).",
            fix: "Give a whole number \(range.words).")
    }
}

/// The query of a request, read as a form writes it (WHATWG URL, 5.1).
struct QueryText: Sendable {
    private(set) var values: [String: String] = [:]

    /// Reads it.
    ///
    /// - Throws: ``MaxServer/Refusal`` with status 400 for text that is not UTF-8, and for a name that comes twice.
    init(_ text: String) throws {
        for part in text.split(separator: "&") {
            let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let (name, value) = (Self.plain(sides[0]), sides.count > 1 ? Self.plain(sides[1]) : "")
            guard let name, let value else {
                throw Refusal(
                    .badRequest, "query_unreadable", "The query of the address cannot be read.",
                    fix: "Percent-encode it, in UTF-8.")
            }
            guard values.updateValue(value, forKey: name) == nil else {
                throw Refusal(
                    .badRequest, "parameter_twice", "The parameter \(name.shown(atMost: 40).quoted) comes twice.",
                    fix: "Give it once.")
            }
        }
    }

    private static func plain(_ text: Substring) -> String? { text.replacing("+", with: " ").removingPercentEncoding }
}
