import SandboxKit

extension Dice {
    /// What a stream of numbers is drawn for.
    enum Kind: UInt8 {
        case tenant = 1
        case workspace, user, project, task, file, history, key, identifier, share
    }

    /// Begins the stream of one thing of a tenant: its kind and its place among its kind.
    init(seed: UInt64, _ kind: Kind, _ index: Int = 0) { self.init(seed: seed, kind: kind.rawValue, index) }
}
