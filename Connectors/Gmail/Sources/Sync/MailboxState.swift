import Foundation
import MaxCore

/// How far a mailbox was read: what is stored of it, and what is left.
struct MailboxState: Sendable, Hashable {
    /// Under which validity the ids were told.
    var validity: UInt32
    /// The id that the next new message will get.
    var next: UInt32 = 1
    /// Up to which modification sequence changes are known; nil where the server keeps none.
    var modSeq: UInt64?
    /// The messages that are stored.
    var known = UIDSet()
    /// The messages that are still to be fetched.
    var left = UIDSet()

    init(validity: UInt32) { self.validity = validity }

    /// Whether a mailbox with these numbers has nothing new.
    ///
    /// Where the server keeps no modification sequence nobody can tell: flags may have changed.
    func isCurrent(_ status: MailboxStatus) -> Bool {
        left.isEmpty && status.validity == validity && modSeq != nil && status.highestModSeq == modSeq
            && status.nextUID == next && status.messages == known.count
    }
}

extension MailboxState {
    /// Reads a cursor; nil when it is none of this form.
    init?(cursor: String) {
        guard let json = try? JSON(parsing: Data(cursor.utf8)), let validity = json["v"]?.integer,
            let validity = UInt32(exactly: validity), let known = json["k"]?.string.flatMap(UIDSet.init(stored:)),
            let left = json["l"]?.string.flatMap(UIDSet.init(stored:))
        else { return nil }
        self.validity = validity
        next = json["n"]?.integer.flatMap { UInt32(exactly: $0) }.flatMap { $0 > 0 ? $0 : nil } ?? 1
        modSeq = json["m"]?.string.flatMap { UInt64($0) }
        (self.known, self.left) = (known, left)
    }

    /// The state as the platform keeps it.
    var cursor: String {
        JSON.object([
            "v": .integer(Int64(validity)), "n": .integer(Int64(next)), "m": JSON(modSeq.map { String($0) }),
            "k": .string(known.description), "l": .string(left.description),
        ]).text
    }
}

extension UIDSet {
    /// Reads a set as ``description`` writes it, the empty one included; nil when it is none.
    fileprivate init?(stored text: String) {
        if text.isEmpty { self.init() } else { self.init(parsing: text) }
    }

    /// Creates the set of every id below one.
    init(below id: UInt32) {
        if id > 1 { self.init(1...(id - 1)) } else { self.init() }
    }

    /// The ids of both sets.
    func union(_ other: UIDSet) -> UIDSet { UIDSet(ranges: ranges + other.ranges) }

    /// The ids that are not in the other set.
    func subtracting(_ other: UIDSet) -> UIDSet {
        var result: [ClosedRange<UInt32>] = []
        var holes = other.ranges[...]
        for range in ranges {
            var start: UInt32? = range.lowerBound
            while let hole = holes.first, hole.upperBound < range.lowerBound { holes.removeFirst() }
            for hole in holes {
                guard let first = start, hole.lowerBound <= range.upperBound else { break }
                if hole.lowerBound > first { result.append(first...(hole.lowerBound - 1)) }
                start = hole.upperBound < range.upperBound ? hole.upperBound + 1 : nil
            }
            if let start { result.append(start...range.upperBound) }
        }
        return UIDSet(ranges: result)
    }

    /// The ids that are in both sets.
    func intersection(_ other: UIDSet) -> UIDSet { subtracting(subtracting(other)) }

    /// The highest ids, at most that many.
    func suffix(_ count: Int) -> UIDSet {
        var (room, found): (Int, [ClosedRange<UInt32>]) = (count, [])
        for range in ranges.reversed() where room > 0 {
            let size = min(room, range.count)
            found.append((range.upperBound - UInt32(size - 1))...range.upperBound)
            room -= size
        }
        return UIDSet(ranges: found)
    }
}
