package import Foundation
package import MaxCore

/// A token that the owner gave a program, and what it is good for.
package struct Login: Sendable {
    package let token: SecretValue
    /// What the owner allowed, such as `read`.
    package let scopes: [String]
    /// When it ends by itself.
    package let expiresAt: Date

    package init(token: SecretValue, scopes: [String], expiresAt: Date) {
        (self.token, self.scopes, self.expiresAt) = (token, scopes, expiresAt)
    }
}
