internal import HTTPTypes

/// Names of headers that the library of HTTP types does not know.
extension HTTPField.Name {
    static let csrf = name("X-CSRF-Token")
    static let forwardedFor = name("X-Forwarded-For")
    static let forwardedProto = name("X-Forwarded-Proto")
    static let lastEventID = name("Last-Event-ID")
    static let requestID = name("X-Request-Id")
    static let secFetchSite = name("Sec-Fetch-Site")
    static let xAccelBuffering = name("X-Accel-Buffering")
    static let referrerPolicy = name("Referrer-Policy")
    static let crossOriginOpenerPolicy = name("Cross-Origin-Opener-Policy")
    static let crossOriginResourcePolicy = name("Cross-Origin-Resource-Policy")
    static let permissionsPolicy = name("Permissions-Policy")
    static let frameOptions = name("X-Frame-Options")
    static let host = name("Host")

    private static func name(_ text: String) -> HTTPField.Name { HTTPField.Name(text) ?? .via }
}
