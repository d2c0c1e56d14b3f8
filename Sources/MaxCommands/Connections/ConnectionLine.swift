internal import Foundation
internal import MaxEngines
internal import MaxWire

extension ConnectionBody {
    /// How it is, with the command that mends it.
    func line(at now: Date) -> String {
        standing(at: now) + (needsAttention ? " · max reconnect \(slug)" : "")
    }
}
