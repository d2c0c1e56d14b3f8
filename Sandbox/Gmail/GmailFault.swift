/// A behaviour that a password forces by its suffix, as the test cards of payment sandboxes do.
package enum GmailFault: String, Sendable, CaseIterable {
    case revoked
    case forbidden
    case limit
    case overquota
    case unavailable
    case slow
    case hang
    case garbage
    case html
    case huge
    case appPassword = "app_password"
    case imapDisabled = "imap_disabled"
    case webLogin = "web_login"
    case tooMany = "too_many"
    case farewell
    case flaps
    case nothing

    /// Says what happens to a client that presents the password.
    package var explanation: String {
        switch self {
        case .revoked: "Sign-in is refused: AUTHENTICATIONFAILED."
        case .forbidden: "Good, but for everything behind the sign-in: NOPERM."
        case .limit: "Sign-in is refused: LIMIT, to be tried again in a second."
        case .overquota: "Sign-in is refused: OVERQUOTA, as after too much was downloaded."
        case .unavailable: "Sign-in is refused: UNAVAILABLE."
        case .slow: "Every answer is right and late."
        case .hang: "The sign-in is taken and never answered."
        case .garbage: "Bytes that are no IMAP."
        case .html: "The sign-in page of a captive portal."
        case .huge: "A line that goes on for ever."
        case .appPassword: "Sign-in is refused: an application-specific password is required."
        case .imapDisabled: "Sign-in is refused: the account is not enabled for IMAP."
        case .webLogin: "Sign-in is refused: web login is required."
        case .tooMany: "Sign-in is refused: too many simultaneous connections."
        case .flaps: "Good, but the first of every five sign-ins is refused: AUTHENTICATIONFAILED."
        case .nothing: "Good; every command behind the sign-in ends in OK and tells nothing."
        case .farewell: "Good; the line is closed at the third command behind the sign-in."
        }
    }

    /// The refusal of a sign-in; nil where it is not refused.
    var refusal: String? {
        switch self {
        case .revoked: "[AUTHENTICATIONFAILED] Invalid credentials (Failure)"
        case .limit: "[LIMIT] Rate limit exceeded, try again in 1 second (Failure)"
        case .overquota: "[OVERQUOTA] Account exceeded command or bandwidth limits. (Failure)"
        case .unavailable: "[UNAVAILABLE] Temporary System Error (Failure)"
        case .appPassword:
            "[ALERT] Application-specific password required: https://support.google.com/accounts/answer/185833 (Failure)"
        case .imapDisabled:
            "[ALERT] Your account is not enabled for IMAP use. Please visit your Gmail settings. (Failure)"
        case .webLogin: "[WEBALERT https://accounts.google.test/signin] Web login required. (Failure)"
        case .tooMany: "[ALERT] Too many simultaneous connections. (Failure)"
        case .forbidden, .slow, .hang, .garbage, .html, .huge, .farewell, .flaps, .nothing: nil
        }
    }
}
