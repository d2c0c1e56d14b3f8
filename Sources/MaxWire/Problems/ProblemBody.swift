internal import Foundation
package import MaxCore

/// A problem or an error as it is sent.
package struct ProblemBody: Codable, Sendable, Hashable {
    /// A stable name for programs.
    package let code: String
    /// What happened and why, for people.
    package let message: String
    /// What to do about it.
    package var fix: String?
    /// A page to open.
    package var url: String?
    /// `retryable`, `auth` or `permanent`.
    package var kind: String?
    /// The field it belongs to.
    package var field: String?
    /// The rung of the way to the provider on which it happened.
    package var rung: String?
    /// How long to wait before trying again, in seconds.
    package var retryAfter: Double?
    /// The id of the setup that stands in the way.
    package var setup: String?

    /// Puts a problem into its form for sending.
    package init(_ problem: Problem) {
        code = problem.code
        message = problem.sentence ?? Self.nothingToDo
        kind = problem.kind.rawValue
        field = problem.field
        rung = problem.rung?.rawValue
        retryAfter = problem.retryAfter
        switch problem.fix {
        case .link(let title, let page):
            fix = title
            url = page.absoluteString
        case .action(let action): fix = action
        case nil: break
        }
    }

    /// Puts an error into its form for sending.
    package init(_ error: MaxError) {
        code = error.code.rawValue
        message = error.message
        fix = error.fix
        retryAfter = error.retryAfter
    }

    /// Takes a problem out of the form in which the API tells it.
    init(_ details: ProblemDetails) {
        (code, message) = (details.code, details.detail)
        (fix, url, kind, field) = (details.fix, details.url, details.kind, details.field)
        (rung, retryAfter, setup) = (details.rung, details.retryAfter, details.setup)
    }

    private static let nothingToDo = "Something went wrong that you can do nothing about."
}

/// What a command or a route answers with when it fails.
package struct ErrorBody: Codable, Sendable, Hashable {
    package let error: ProblemBody
    /// The answers that are needed and were not given.
    package var missing: [MissingAnswerBody]?

    package init(_ error: ProblemBody, missing: [MissingAnswerBody]? = nil) {
        self.error = error
        self.missing = missing
    }
}

/// An answer that is needed and was not given.
package struct MissingAnswerBody: Codable, Sendable, Hashable {
    package let field: String
    package let label: String
    package let type: String
    /// How to give it on the command line.
    package let give: [String]
    /// What there is to choose from, when that is known.
    package var options: [OptionBody]?

    package init(field: String, label: String, type: String, give: [String], options: [OptionBody]? = nil) {
        self.field = field
        self.label = label
        self.type = type
        self.give = give
        self.options = options
    }
}

/// One thing to choose.
package struct OptionBody: Codable, Sendable, Hashable {
    package let value: String
    package let label: String
    package var detail: String?

    package init(value: String, label: String, detail: String?) {
        self.value = value
        self.label = label
        self.detail = detail
    }
}

extension Problem {
    /// Takes a problem out of the form in which it is sent.
    package init(_ body: ProblemBody) {
        let page = body.url.flatMap { URL(string: $0) }
        self.init(
            body.code, body.kind.flatMap(Kind.init) ?? .permanent, body.message, field: body.field,
            rung: body.rung.flatMap(Rung.init),
            fix: page.map { .link(title: body.fix ?? "", url: $0) } ?? body.fix.map { .action($0) },
            retryAfter: body.retryAfter)
    }
}
