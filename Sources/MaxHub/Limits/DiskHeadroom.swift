/// How much room is left on the disk that the project lies on, by the measure of its ``DiskBounds``.
package enum DiskHeadroom: Sendable, Hashable {
    /// Nobody has to care.
    case ample
    /// It is time to make room: there is enough for now.
    case low(bytesLeft: Int)
    /// Nothing is collected until there is more.
    case exhausted(bytesLeft: Int)

    /// Whether nothing may be collected.
    package var isExhausted: Bool {
        switch self {
        case .ample, .low: false
        case .exhausted: true
        }
    }
}

/// From how little room on the disk on something is done about it.
package struct DiskBounds: Sendable, Hashable {
    /// Below so many bytes the owner is told.
    package let warning: Int
    /// Below so many bytes nothing is collected: they are left to what else the machine has to do.
    package let reserve: Int

    /// Creates bounds; the owner is never told later than collecting stops.
    package init(warning: Int = 2_000_000_000, reserve: Int = 500_000_000) {
        self.warning = max(warning, reserve)
        self.reserve = reserve
    }

    /// The usual bounds of a disk of so many bytes: 2 GB and 500 MB, and less of a small one.
    package static func usual(ofDisk size: Int) -> DiskBounds {
        let most = DiskBounds()
        return DiskBounds(warning: min(most.warning, size / 5), reserve: min(most.reserve, size / 20))
    }

    /// Judges the bytes that are left.
    package func headroom(bytesLeft: Int) -> DiskHeadroom {
        switch bytesLeft {
        case ..<reserve: .exhausted(bytesLeft: bytesLeft)
        case ..<warning: .low(bytesLeft: bytesLeft)
        default: .ample
        }
    }
}
