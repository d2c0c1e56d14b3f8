internal import AsyncHTTPClient
internal import MaxCore
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPCompression

/// Why no whole answer came over a connection that stood.
enum AnswerFault: Sendable, Hashable {
    /// Nothing came for longer than a silence may last.
    case silent
    /// It was not over in time.
    case late
    /// The connection was closed before the end.
    case closed
    /// It was not HTTP.
    case garbled
    /// Its headers were too many or too long.
    case endlessHeaders
    /// Its body was larger than was asked for.
    case tooLarge
    /// Its compression was broken.
    case badlyCompressed

    /// Recognises an error of the HTTP client.
    init(_ error: any Error) {
        switch error {
        case let error as HTTPClientError: self.init(error)
        case HTTPParserError.headerOverflow: self = .endlessHeaders
        case HTTPParserError.invalidEOFState, HTTPParserError.closedConnection: self = .closed
        case is HTTPParserError: self = .garbled
        case is NIOTooManyBytesError, NIOHTTPDecompression.DecompressionError.limit: self = .tooLarge
        case is NIOHTTPDecompression.DecompressionError, is NIOHTTPDecompression.ExtraDecompressionError:
            self = .badlyCompressed
        default: self = .closed
        }
    }

    private init(_ error: HTTPClientError) {
        switch error {
        case .readTimeout: self = .silent
        case .deadlineExceeded, .getConnectionFromPoolTimeout: self = .late
        default: self = .closed
        }
    }

    /// What is told of it.
    ///
    /// - Parameters:
    ///   - total: The whole time there was.
    ///   - limit: The largest body that was asked for, in bytes.
    func problem(
        _ provider: String, waiting total: Duration = .zero, limit: Int = 0, _ limits: OutboundLimits
    ) -> Problem {
        switch self {
        case .silent: .silent(provider, limits.silence)
        case .late: .silent(provider, total)
        case .closed: .cutOff(provider)
        case .garbled: .notUnderstood(provider, "with something that is not HTTP")
        case .endlessHeaders: .notUnderstood(provider, "with headers that do not end")
        case .tooLarge: .tooLarge(provider, limit)
        case .badlyCompressed: .notUnderstood(provider, "with data whose compression is broken")
        }
    }
}

extension Problem {
    static func silent(_ provider: String, _ limit: Duration) -> Problem {
        Problem(
            "provider_silent", .retryable,
            "\(provider) accepted the connection but did not answer within \(limit.words).", rung: .answer,
            fix: .action("Try again in a few minutes; if it stays so, check the address."))
    }

    static func refusedInPassing(_ provider: String) -> Problem {
        Problem(
            "refused_in_passing", .retryable, "\(provider) refused a sign-in and accepted the same one a moment later.",
            rung: .answer, fix: .action("Try again in a few minutes; there is nothing to change here."))
    }

    static func tooSlow(_ provider: String, _ limit: Duration) -> Problem {
        Problem(
            "provider_slow", .retryable, "\(provider) was still sending its answer after \(limit.words).",
            rung: .answer, fix: .action("Try again in a few minutes."))
    }

    static func cutOff(_ provider: String) -> Problem {
        Problem(
            "connection_closed", .retryable, "\(provider) closed the connection before its answer was complete.",
            rung: .answer, fix: .action("Try again in a few minutes; if it stays so, check the address."))
    }

    static func notUnderstood(_ provider: String, _ how: String) -> Problem {
        Problem(
            "answer_not_understood", .permanent, "\(provider) answered \(how) instead of data.", rung: .answer,
            fix: .action("Check the address: it has to lead to \(provider) itself."))
    }

    static func tooLarge(_ provider: String, _ limit: Int) -> Problem {
        let size = limit >= 1 << 20 ? "\(limit >> 20) MB" : "\(max(1, limit >> 10)) KB"
        return Problem(
            "answer_too_large", .permanent, "\(provider)'s answer is larger than the \(size) that were expected.",
            rung: .answer, fix: .action("Check the address: it has to lead to \(provider) itself."))
    }
}
