import Foundation
import MaxConnector
import MaxCore
import MaxHub
import Testing

/// States that one fact keeps apart, and the verdict on either side of it.
struct NeighbourTests {
    /// Two states that differ by what the name says.
    struct Pair: Sendable, CustomTestStringConvertible {
        let name: String
        let one: Facts
        let other: Facts
        let before: Line
        let after: Line

        var testDescription: String { name }

        /// A verdict in one line, such as `waiting · wait`.
        typealias Line = String
    }

    private static let down = Run.sample(.failed, 600, .down)
    private static let lock = VaultLock(missingKeys: ["3f9a2c1d"], sentence: "locked: a key is missing", fix: "…")

    private static func pair(
        _ name: String, _ one: Facts, _ before: Pair.Line, _ other: Facts, _ after: Pair.Line
    ) -> Pair {
        Pair(name: name, one: one, other: other, before: before, after: after)
    }

    static let pairs = [
        pair("it was asked for", Facts(runs: []), "active", Facts(runs: [.sample(.requested)]), "active"),
        pair(
            "it began", Facts(runs: [.sample(.requested)]), "active", Facts(runs: [.sample(.running)]), "active"),
        pair("it ended well", Facts(runs: [.sample(.running)]), "active", Facts(), "active"),
        pair(
            "its process is gone", Facts(runs: [.sample(.running)]), "active",
            Facts(runs: [.sample(.running, isStalled: true)]), "active · sync"),
        pair("it was stopped", Facts(), "active", Facts(runs: [.sample(.cancelled)]), "active · sync"),
        pair("a part is missing", Facts(), "active", Facts(runs: [.sample(.partial, 600, .odd)]), "active · sync"),
        pair(
            "a permission is missing", Facts(runs: [.sample(.partial, 600, .odd)]), "active · sync",
            Facts(runs: [.sample(.partial, 600, .refused)]), "active · reconnect"),
        pair(
            "the provider asked for a time", Facts(runs: [.sample(.partial, 600, .down)]), "active · sync",
            Facts(runs: [.sample(.partial, 600, .limited)]), "waiting · wait"),
        pair(
            "that time is past", Facts(runs: [.sample(.partial, 3599, .limited)]), "waiting · wait",
            Facts(runs: [.sample(.partial, 3600, .limited)]), "active · sync"),
        pair("it failed", Facts(), "active", Facts(runs: [down], failures: 1), "waiting · wait"),
        pair(
            "it failed for what stays", Facts(runs: [down], failures: 1), "waiting · wait",
            Facts(runs: [.sample(.failed, 600, .odd)], failures: 1), "active · sync"),
        pair(
            "waits grow", Facts(runs: [down], failures: 2), "waiting · wait", Facts(runs: [down], failures: 3),
            "waiting · wait"),
        pair(
            "it is given up", Facts(runs: [down], failures: 6), "waiting · wait", Facts(runs: [down], failures: 7),
            "needs_attention · sync"),
        pair(
            "the credential is refused", Facts(runs: [down], failures: 1), "waiting · wait",
            Facts(runs: [.sample(.failed, 600, .refused)], failures: 1, isRefused: true), "needs_attention · reconnect"),
        pair(
            "it is asked for under a refused credential",
            Facts(runs: [.sample(.failed, 600, .refused)], failures: 1, isRefused: true), "needs_attention · reconnect",
            Facts(runs: [.sample(.requested)], failures: 1, isRefused: true), "needs_attention · reconnect"),
        pair(
            "the credential was replaced",
            Facts(runs: [.sample(.requested), .sample(.failed, 600, .refused)], isRefused: true),
            "needs_attention · reconnect", Facts(runs: [.sample(.requested), .sample(.failed, 600, .refused)]),
            "active"),
        pair(
            "nobody syncs any more", Facts(runs: [down], failures: 1), "waiting · wait",
            Facts(runs: [down], failures: 1, isTended: false), "active · sync"),
        pair("it is paused", Facts(), "active", Facts(state: .paused), "paused · resume"),
        pair(
            "it is paused after a refusal", Facts(runs: [.sample(.failed, 600, .refused)], isRefused: true),
            "needs_attention · reconnect",
            Facts(state: .paused, runs: [.sample(.failed, 600, .refused)], isRefused: true), "paused · resume"),
        pair("it is disconnected", Facts(), "active", Facts(state: .revoked), "disconnected · reconnect"),
        pair("its setup is finished", Facts(state: .shell, runs: []), "setting_up", Facts(runs: []), "active"),
        pair("its key is missing", Facts(), "active", Facts(lock: lock), "locked · server_setting"),
        pair(
            "its key is missing while it is paused", Facts(lock: lock), "locked · server_setting",
            Facts(state: .paused, lock: lock), "paused · resume"),
        pair(
            "two weeks are left", Facts(expiresIn: 14 * day + 1), "active", Facts(expiresIn: 14 * day),
            "active · reconnect"),
        pair("nothing is left", Facts(expiresIn: 1), "active · reconnect", Facts(expiresIn: 0), "active · reconnect"),
        pair(
            "an expected end is past", Facts(expectedEndIn: 1), "active · reconnect", Facts(expectedEndIn: 0), "active"),
    ]

    @Test(arguments: pairs)
    func `one fact changes a verdict as it should`(pair: Pair) {
        #expect(Self.line(pair.one.health) == pair.before)
        #expect(Self.line(pair.other.health) == pair.after)
    }

    @Test func `every headline and every action is on either side of some fact`() {
        let lines = Self.pairs.flatMap { [$0.before, $0.after] }
        for headline in ConnectionHealth.Headline.allCases {
            #expect(lines.contains { $0.hasPrefix(headline.rawValue) }, "\(headline)")
        }
        for action in ["sync", "reconnect", "resume", "server_setting", "wait"] {
            #expect(lines.contains { $0.hasSuffix("· \(action)") }, "\(action)")
        }
    }

    private static func line(_ health: ConnectionHealth) -> String {
        [health.headline.rawValue, health.action?.kind].compactMap(\.self).joined(separator: " · ")
    }
}
