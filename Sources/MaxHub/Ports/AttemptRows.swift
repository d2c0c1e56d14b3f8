package import Foundation

/// The refusals of credentials that count against an account, by a keyed hash that names it to nobody.
///
/// Each method is one transaction.
package protocol AttemptRows: Sendable {
    /// When an account's credentials were refused within a span of time, the earliest first.
    func refusals(of account: String, within span: ClosedRange<Date>) async throws -> [Date]
    /// Notes a refusal at the end of a span, and forgets every account's outside of it.
    func noteRefusal(of account: String, within span: ClosedRange<Date>) async throws
    /// Forgets an account's refusals: a credential was accepted.
    func forgetRefusals(of account: String) async throws
}
