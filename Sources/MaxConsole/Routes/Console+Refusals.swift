internal import HTTPTypes
package import Hummingbird
internal import MaxCore
internal import MaxHub
internal import MaxQuery
package import MaxServer
internal import MaxWire

extension Console {
    /// Tells of a refusal on a page; who is not signed in is asked to, and comes back afterwards.
    package func response(to refusal: Refusal, _ request: Request, _ context: ServerContext) async -> Response {
        if refusal.status == .unauthorized, request.isForPeople {
            let next = request.method == .get ? request.uri.description : nil
            return seeOther(ConsolePath.query("/signin", [("next", next)]))
        }
        // A sign-in page that was left open while another window signed in.
        if refusal.problem.code == "form_stale", context.csrf != nil, request.uri.path == "/signin" {
            return seeOther("/")
        }
        let words = refusal.words
        let bar = context.csrf.map { OwnerBar(csrf: $0, at: nil) }
        let page = MessagePage(
            words.heading, words.sentence, more: words.more,
            action: ActionPart("Go to your sources", link: "/"), request: context.requestID,
            frame: Frame(title: words.heading, owner: bar))
        return html(page, refusal.status)
    }
}

extension Request {
    /// Whether a browser wants to show the answer.
    fileprivate var isForPeople: Bool { uri.path != "/events" && !uri.path.hasPrefix("/assets/") }
}

extension Refusal {
    /// The refusal in the words for a page.
    fileprivate var words: (heading: String, sentence: String, more: String?) {
        let said = problem.message.onPage
        return switch status.code {
        case 403: ("That is not allowed", said ?? "Nothing was done.", problem.fix?.onPage)
        case 404: ("There is nothing here", Self.absence(problem.code), nil)
        case 410: ("This link is used up", said ?? "It was used already, or is too old.", problem.fix?.onPage)
        case 429: ("Not so fast", said ?? "There were too many attempts.", problem.fix?.onPage)
        case 503 where problem.code == "vault_locked":
            (
                "Nothing can be connected now", "A vault key is missing on this server, so that no secret can be kept.",
                "The page Server says what it needs."
            )
        case 503 where problem.code == MaxError.Code.diskLow.rawValue:
            ("Nothing is collected now", said ?? "The disk has no more room.", problem.fix?.onPage)
        case _ where problem.code == MaxError.Code.cursorForeign.rawValue:
            ("This page of the list is no more", "The list was asked for in another way since.", "Begin at its top.")
        case 500...: ("Something went wrong", said ?? "That was not your fault. Nothing was lost.", problem.fix?.onPage)
        default: ("That did not work", said ?? "Nothing was done.", problem.fix?.onPage)
        }
    }

    private static func absence(_ code: String) -> String {
        switch MaxError.Code(rawValue: code) {
        case .connectionNotFound: "No account of yours has this address. It may have been erased."
        case .runNotFound: "There is no such sync."
        case .recordNotFound: "There is no such record, and there never was."
        default: "The address may be misspelled, or what was here is gone."
        }
    }
}
