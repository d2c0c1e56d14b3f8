internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import MaxHub

/// What the log says of a request: neither its query nor its body, and no token that stands in its path.
struct AccessNote {
    let metadata: Logger.Metadata
    let message: Logger.Message

    init(_ request: Request, _ response: Response, _ context: ServerContext, took: Duration) {
        let path = request.uri.path.replacing(/mx[a-z]_[A-Za-z0-9_-]+/) { "\($0.output.prefix(4))…" }
        message = "\(request.method.rawValue.shown(atMost: 16)) \(path.shown(atMost: 200))"
        metadata = [
            "request": "\(context.requestID)", "status": "\(response.status.code)",
            "ms": "\(Int((took / .milliseconds(1)).rounded()))", "asker": "\(context.asker.word)",
            "address": "\(context.visitor.address)",
        ]
    }
}

extension Asker {
    /// Who it is, for the log.
    fileprivate var word: String {
        switch self {
        case .nobody: "nobody"
        case .stranger: "stranger"
        case .owner: "owner"
        case .agent(let agent): agent.id.rawValue
        }
    }
}
