package import Foundation
internal import MaxHub

extension MemoryStore: AttemptRows {
    package func refusals(of account: String, within span: ClosedRange<Date>) async throws -> [Date] {
        read { rows in rows.refusals.filter { $0.account == account && span.contains($0.at) }.map(\.at).sorted() }
    }

    package func noteRefusal(of account: String, within span: ClosedRange<Date>) async throws {
        try write { rows in
            rows.refusals.removeAll { !span.contains($0.at) }
            rows.refusals.append(MemoryRefusal(account: account, at: span.upperBound))
        }
    }

    package func forgetRefusals(of account: String) async throws {
        try write { rows in rows.refusals.removeAll { $0.account == account } }
    }
}

/// A refusal of a credential.
struct MemoryRefusal: Sendable {
    let account: String
    let at: Date
}
