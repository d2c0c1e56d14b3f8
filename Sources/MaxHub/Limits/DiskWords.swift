package import MaxCore

extension DiskBounds {
    /// Why nothing is collected; nil as long as there is room.
    package func refusal(_ headroom: DiskHeadroom) -> MaxError? {
        guard case .exhausted(let left) = headroom else { return nil }
        return MaxError(
            .diskLow, "Nothing is collected for now: \(shortage(left)).", fix: "Make room, then sync again.")
    }

    /// Why a sync that was under way was ended; nil as long as there is room.
    package func problem(_ headroom: DiskHeadroom) -> Problem? {
        guard case .exhausted(let left) = headroom else { return nil }
        return Problem(
            MaxError.Code.diskLow.rawValue, .retryable,
            "Collecting stopped: \(shortage(left)). What came is kept.",
            fix: .action("Make room: the next sync goes on from there."))
    }

    /// “480 MB are left on the disk, and Max leaves 500 MB to what else is on this machine”.
    package func shortage(_ left: Int) -> String {
        "\(Phrase.size(left)) are left on the disk, and Max leaves \(Phrase.size(reserve)) to what else is on it"
    }
}

extension MaxError.Code {
    /// So little room is left on the disk that nothing is collected.
    package static let diskLow: Self = "disk_low"
}
