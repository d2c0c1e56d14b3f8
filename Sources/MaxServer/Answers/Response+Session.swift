package import Hummingbird
internal import MaxCore
package import MaxHub

extension Response {
    /// Hands the owner's browser a session.
    package mutating func signIn(_ token: OwnerToken, _ context: ServerContext) {
        setCookie(.session(token.text, lasting: Int(OwnerSession.lifetime), context.origin))
    }

    /// Takes the session from the owner's browser.
    package mutating func signOut(_ context: ServerContext) { setCookie(.session("", lasting: 0, context.origin)) }
}

extension ServerContext {
    /// The token that the browser holds; it may be none any more.
    package func sessionToken(_ request: Request) -> String? {
        request.cookies[Cookie.sessionName(origin)]?.value
    }
}

extension Cookie {
    /// What the cookie of the owner's session is called.
    ///
    /// The prefix makes browsers refuse one that another host or an unencrypted page planted (RFC 6265bis, section
    /// 4.1.3.2). Browsers keep no cookies apart by port (section 8.5), so that the name has to.
    static func sessionName(_ origin: ServerOrigin) -> String {
        (origin.isSecure ? "__Host-max" : "max") + (origin.port.map { "-\($0)" } ?? "")
    }

    fileprivate static func session(_ value: String, lasting seconds: Int, _ origin: ServerOrigin) -> Cookie {
        Cookie(
            name: sessionName(origin), value: value, maxAge: seconds, path: "/", secure: origin.isSecure,
            httpOnly: true, sameSite: .lax)
    }
}
