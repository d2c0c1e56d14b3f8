/// Where a running sandbox answers, and the accounts to begin with.
package struct GmailAddress: Sendable, Hashable {
    package let host: String
    package let port: Int
    /// The page for people, with every account and fault.
    package let page: String
    /// Dana's account, the default one.
    package let account: GmailLogin
    /// Erin's account.
    package let second: GmailLogin

    /// The address of the server.
    package var url: String { "imap://\(host):\(port)" }

    /// Builds the password that forces a fault on Dana's account.
    package func password(_ fault: GmailFault) -> String { account.password + "_" + fault.rawValue }
}

/// What opens an account.
package struct GmailLogin: Sendable, Hashable {
    package let address: String
    package let password: String
}
