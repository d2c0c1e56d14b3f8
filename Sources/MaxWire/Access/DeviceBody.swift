/// The answer to a program that asks to be let in (RFC 8628, section 3.2).
package struct DeviceAuthorizationBody: Codable, Sendable, Hashable {
    /// What the program polls with; a secret of its own.
    package let deviceCode: String
    /// What the owner types.
    package let userCode: String
    /// The page where the owner types it.
    package let verificationURI: String
    /// The same page with the code filled in.
    package let verificationURIComplete: String
    /// How long the code can be used, in seconds.
    package let expiresIn: Int
    /// How long to leave between two polls, in seconds.
    package let interval: Int

    package init(
        deviceCode: String, userCode: String, verificationURI: String, expiresIn: Int, interval: Int
    ) {
        self.deviceCode = deviceCode
        self.userCode = userCode
        self.verificationURI = verificationURI
        verificationURIComplete = "\(verificationURI)?user_code=\(userCode)"
        self.expiresIn = expiresIn
        self.interval = interval
    }

    private enum CodingKeys: String, CodingKey {
        case deviceCode = "device_code"
        case userCode = "user_code"
        case verificationURI = "verification_uri"
        case verificationURIComplete = "verification_uri_complete"
        case expiresIn = "expires_in"
        case interval
    }
}

/// The token of a program that was let in (RFC 6749, section 5.1).
package struct DeviceTokenBody: Codable, Sendable, Hashable {
    package let accessToken: String
    /// Always `Bearer`.
    package let tokenType: String
    /// How long the token can be used, in seconds.
    package let expiresIn: Int
    /// What the owner allowed, apart by spaces.
    package let scope: String

    package init(accessToken: String, expiresIn: Int, scope: String) {
        self.accessToken = accessToken
        tokenType = "Bearer"
        self.expiresIn = expiresIn
        self.scope = scope
    }

    private enum CodingKeys: String, CodingKey {
        case accessToken = "access_token"
        case tokenType = "token_type"
        case expiresIn = "expires_in"
        case scope
    }
}

/// Why a program was not let in (RFC 6749, section 5.2; RFC 8628, section 3.5).
package struct DeviceErrorBody: Codable, Sendable, Hashable {
    /// A code of those standards, such as `authorization_pending`.
    package let error: String
    /// What happened and what to do, for people.
    package let description: String
    /// How long to leave between two polls from now on, in seconds.
    package var interval: Int?

    package init(error: String, description: String, interval: Int? = nil) {
        self.error = error
        self.description = description
        self.interval = interval
    }

    private enum CodingKeys: String, CodingKey {
        case error
        case description = "error_description"
        case interval
    }
}
