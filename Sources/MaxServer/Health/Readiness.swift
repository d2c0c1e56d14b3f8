internal import Foundation
package import MaxAccess
internal import MaxCore
package import MaxEngines
internal import MaxHub
internal import MaxVault
internal import Synchronization

/// Whether the server can do what it is there for, found out by trying.
package final class Readiness: Sendable {
    private let engines: Engines
    private let access: AccessService
    private let last = Mutex<Look?>(nil)

    /// How long an answer is good for: whoever asks may be anybody.
    private static let freshness: TimeInterval = 1

    private struct Look: Sendable {
        let time: Date
        let findings: [Finding]
    }

    /// One thing that has to be right.
    package struct Finding: Encodable, Sendable, Hashable {
        /// `store`, `vault` or `disk`.
        package let check: String
        package let ok: Bool
        /// How it is, in a sentence; nil for whoever must not know more than whether it is right.
        package private(set) var detail: String?
        /// What to do; nil where nothing is wrong.
        package private(set) var fix: String?

        init(_ check: String, ok: Bool, _ detail: String, fix: String? = nil) {
            (self.check, self.ok, self.detail) = (check, ok, detail)
            self.fix = ok ? nil : fix
        }

        /// What anybody may know of it: no path, no key and no size of this machine.
        var forAnybody: Finding {
            var finding = self
            (finding.detail, finding.fix) = (nil, nil)
            return finding
        }
    }

    /// Looks at what the engines work with, and at the disk that the project is on.
    package init(_ engines: Engines, access: AccessService) {
        self.engines = engines
        self.access = access
    }

    /// Looks at everything, or tells what was seen a moment ago.
    package func findings() async -> [Finding] {
        let now = engines.surroundings.now()
        if let look = last.withLock(\.self), abs(now.timeIntervalSince(look.time)) < Self.freshness {
            return look.findings
        }
        let findings = [await store(), await vault(), disk()].compactMap(\.self)
        last.withLock { $0 = Look(time: now, findings: findings) }
        return findings
    }

    /// Writes, by removing what is over.
    private func store() async -> Finding {
        do {
            try await access.sweep()
            return Finding("store", ok: true, "The store can be written.")
        } catch let error as MaxError {
            return Finding("store", ok: false, error.message, fix: error.fix)
        } catch {
            return Finding(
                "store", ok: false, "The store cannot be written.", fix: "Run max doctor on the machine.")
        }
    }

    private func vault() async -> Finding {
        let lock = await engines.vault.lock()
        return Finding("vault", ok: lock == nil, lock?.sentence ?? "The vault can be opened.", fix: lock?.fix)
    }

    private func disk() -> Finding {
        let surroundings = engines.surroundings
        return switch surroundings.headroom() {
        case .ample: Finding("disk", ok: true, "The disk has room.")
        case .low(let left):
            Finding(
                "disk", ok: true,
                "\(Phrase.size(left)) are left; below \(Phrase.size(surroundings.diskBounds.reserve)) collecting stops."
            )
        case .exhausted(let left):
            Finding(
                "disk", ok: false, "Nothing is collected: \(surroundings.diskBounds.shortage(left)).",
                fix: "Make room on the disk: collecting goes on by itself.")
        }
    }
}
