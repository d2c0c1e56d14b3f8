/// The shapes of access.
extension Shape {
    static let me = Shape(
        "Me", "Who asks.",
        [
            .always("kind", .words("owner", "agent"), "What they are."),
            .always("id", .text, "The id of the session or the agent; it is no token."),
            .maybe("name", .text, "What the agent calls itself."),
            .maybe("scopes", .list(.words("setup", "read", "manage")), "What the agent may do."),
            .always("expiresAt", .time, "When the session or the token ends."),
        ])

    static let deviceAuthorizationRequest = Shape(
        "DeviceAuthorizationRequest", "A program asks to be let in (RFC 8628, section 3.1).",
        [
            .always("client_id", .text, "What the program calls itself, for the owner to read."),
            .maybe("scope", .text, "What it asks for, apart by spaces: setup, read, manage; all unless given."),
        ])

    static let deviceAuthorization = Shape(
        "DeviceAuthorization", "What the program shows and polls with (RFC 8628, section 3.2).",
        [
            .always("device_code", .text, "What the program polls with; keep it secret."),
            .always("user_code", .text, "What the owner types."),
            .always("verification_uri", .text, "Where the owner types it."),
            .always("verification_uri_complete", .text, "The same with the code filled in."),
            .always("expires_in", .count, "How long the code can be used, in seconds."),
            .always("interval", .count, "How long to leave between two polls, in seconds."),
        ])

    static let deviceTokenRequest = Shape(
        "DeviceTokenRequest", "A program asks whether it was let in (RFC 8628, section 3.4).",
        [
            .always("grant_type", .text, "urn:ietf:params:oauth:grant-type:device_code"),
            .always("device_code", .text, "The device code."),
            .maybe("client_id", .text, "What the program calls itself."),
        ])

    static let deviceToken = Shape(
        "DeviceToken", "The token of a program that was let in (RFC 6749, section 5.1).",
        [
            .always("access_token", .text, "The token, for the header Authorization."),
            .always("token_type", .words("Bearer"), "How it is sent."),
            .always("expires_in", .count, "How long it can be used, in seconds."),
            .always("scope", .text, "What the owner allowed, apart by spaces."),
        ])

    static let deviceError = Shape(
        "DeviceError", "Why a program was not let in (RFC 6749, section 5.2).",
        [
            .always("error", .text, "A code of RFC 6749 or RFC 8628."),
            .maybe("error_description", .text, "What happened, for people."),
            .maybe("interval", .count, "How long to leave between two polls from now on, in seconds."),
        ])
}
