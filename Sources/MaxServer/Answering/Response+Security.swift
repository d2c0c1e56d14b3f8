internal import HTTPTypes
internal import Hummingbird

extension Response {
    /// What browsers are told with every answer; a route may say less of caching, and nothing else.
    ///
    /// The referrer stays on this server. It is not left out altogether, because a form would then be sent with
    /// `Origin: null` and could not be told from one of a stranger.
    mutating func secure(for context: ServerContext) {
        headers[.contentSecurityPolicy] = Self.contentPolicy
        headers[.xContentTypeOptions] = "nosniff"
        headers[.referrerPolicy] = "same-origin"
        headers[.crossOriginOpenerPolicy] = "same-origin"
        headers[.crossOriginResourcePolicy] = "same-origin"
        headers[.permissionsPolicy] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        headers[.frameOptions] = "DENY"
        headers[.requestID] = context.requestID
        if context.home.isSecure, context.origin == context.home {
            headers[.strictTransportSecurity] = "max-age=31536000"
        }
        if headers[.cacheControl] == nil { headers[.cacheControl] = "no-store" }
    }

    private static let contentPolicy = [
        "default-src 'none'", "style-src 'self'", "script-src 'self'", "img-src 'self' data:", "connect-src 'self'",
        "form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
    ].joined(separator: "; ")
}
