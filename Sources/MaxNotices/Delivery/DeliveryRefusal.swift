internal import Foundation
internal import MaxCore
internal import MaxHub

/// Why a message did not arrive.
struct DeliveryRefusal: Sendable, Hashable {
    let sentence: String
    /// Whether the channel is of no more use before its owner has done something: nothing is wanted any more, or the
    /// password is refused, which a server that is asked again and again answers by locking the account.
    var isFinal = false
    /// Whether the same message may be taken later.
    var mayPass = true
    /// Whether nobody knows, because Max was told to stop.
    var isInterruption = false
    /// How many seconds the other side asked to wait.
    var wish: TimeInterval?

    /// Judges what a try ended in.
    init(_ error: any Error) {
        switch error {
        case let problem as Problem:
            sentence = problem.sentence ?? "The message could not be sent."
            isFinal = problem.code == "gone" || Self.locking.contains(problem.code)
            mayPass = !Self.lasting.contains(problem.code) || problem.kind == .retryable
            wish = problem.retryAfter
        case let refused as PrivateAddressRefused:
            sentence = refused.problem.sentence ?? "The address is a private one."
        case let error as MaxError: sentence = error.message
        case is CancellationError:
            sentence = "Max was stopped meanwhile."
            isInterruption = true
        default: sentence = "The message could not be sent."
        }
    }

    private static let locking: Set<String> = ["credential_refused", "credential_malformed", "credential_missing"]
    /// What a mail server means for good when it says so (RFC 5321, section 4.2.1).
    private static let lasting: Set<String> = ["mail_sender_refused", "mail_recipient_refused", "mail_refused"]
}

/// Whether there is still a point in a channel.
enum DeliveryVerdict {
    /// How many messages may be given up in a row.
    private static let mostGivenUp = 20
    /// How long everything may be given up, in seconds.
    private static let longestFailure: TimeInterval = 5 * 86_400

    /// Whether a channel is lost after what was given up since the last message that arrived.
    static func isLost(_ failures: DeliveryFailures, at now: Date) -> Bool {
        guard let since = failures.since else { return false }
        return failures.count >= mostGivenUp || now.timeIntervalSince(since) >= longestFailure
    }
}
