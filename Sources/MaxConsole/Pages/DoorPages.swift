/// The choice of a passphrase, by the link that allows it.
struct WelcomePage: Page {
    static let template = "welcome"

    let frame = Frame(title: "Welcome")
    let action: String
    /// What proves that the form is the owner's own, where one is signed in at this browser.
    let csrf: String?
    let leastLength = 12
    let problem: ProblemPart?
    let isInvalid: Bool

    init(token: String, csrf: String? = nil, problem: ProblemPart? = nil) {
        action = "/welcome/\(token.escapedInPath)"
        (self.csrf, self.problem) = (csrf, problem)
        isInvalid = problem != nil
    }
}

/// The way in.
struct SignInPage: Page {
    static let template = "signin"

    let frame: Frame
    /// Whether somebody has chosen a passphrase.
    let isOwned: Bool
    let next: String
    let problem: ProblemPart?
    let isInvalid: Bool

    init(isOwned: Bool, next: String, problem: ProblemPart? = nil) {
        frame = Frame(title: "Sign in")
        (self.isOwned, self.next, self.problem, isInvalid) = (isOwned, next, problem, problem != nil)
    }
}

/// One thing to say, and one way on.
struct MessagePage: Page {
    static let template = "message"

    let frame: Frame
    let heading: String
    let sentence: String
    let more: String?
    let action: ActionPart?
    /// The name of the request in the log.
    let request: String?

    init(
        _ heading: String, _ sentence: String, more: String? = nil, action: ActionPart? = nil, request: String? = nil,
        frame: Frame
    ) {
        (self.heading, self.sentence, self.more, self.action) = (heading, sentence, more, action)
        (self.request, self.frame) = (request, frame)
    }
}
