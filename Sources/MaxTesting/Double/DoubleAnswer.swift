internal import Foundation
public import MaxCore

/// What a double answers.
public struct DoubleAnswer: Sendable {
    let kind: Kind

    indirect enum Kind: Sendable {
        case whole(status: Int, headers: [(name: String, value: String)], body: [UInt8])
        /// Right, a tenth of a second late.
        case late(DoubleAnswer)
        case never
        case endless
    }

    init(_ kind: Kind) { self.kind = kind }

    /// Makes an answer of JSON.
    public static func json(
        _ value: JSON, status: Int = 200, headers: [(name: String, value: String)] = []
    ) -> DoubleAnswer {
        text(value.text, type: "application/json", status: status, headers: headers)
    }

    /// Makes an answer of text.
    public static func text(
        _ text: String, type: String, status: Int = 200, headers: [(name: String, value: String)] = []
    ) -> DoubleAnswer {
        DoubleAnswer(.whole(status: status, headers: [("Content-Type", type)] + headers, body: Array(text.utf8)))
    }

    /// The answer of an address where there is nothing.
    public static var notFound: DoubleAnswer { .json(["error": "not found"], status: 404) }

    /// The answer a fault forces.
    static func forced(by fault: ProviderFault) -> DoubleAnswer {
        switch fault {
        case .wrongSecret: .json(["error": "unknown key"], status: 401)
        case .revoked: .json(["error": "revoked key"], status: 401)
        case .scopeMissing: .json(["error": "not permitted"], status: 403)
        case .rateLimited: .json(["error": "slow down"], status: 429, headers: [("Retry-After", "1")])
        case .silentlyRateLimited: .json(["error": "slow down"], status: 429)
        case .rateLimitedAsForbidden: .json(["error": "slow down"], status: 403, headers: [("Retry-After", "1")])
        case .flapping: .json(["error": "unknown key"], status: 401)
        case .errorBody: .json(["error": "internal"])
        case .serverFault: .json(["error": "internal"], status: 500)
        case .garbage: .text("\u{1}\u{2}{not json", type: "application/json")
        case .html: .text("<!doctype html><title>Sign in</title>", type: "text/html")
        case .huge: DoubleAnswer(.endless)
        case .slow, .hang: DoubleAnswer(.never)
        }
    }
}
