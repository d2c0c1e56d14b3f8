/// A set of unique ids of messages in one mailbox (RFC 9051, section 2.3.1.1), kept as ranges.
struct UIDSet: Sendable, Hashable {
    /// The ranges in order; none touches the next.
    private(set) var ranges: [ClosedRange<UInt32>] = []

    /// The last id of all, whichever that is; a server takes `7:*` for it.
    static let last = UInt32.max

    /// Creates an empty set.
    init() {}

    /// Creates a set of one range.
    init(_ range: ClosedRange<UInt32>) { ranges = [range] }

    /// Creates a set from ids in any order.
    init(_ ids: some Sequence<UInt32>) {
        for id in ids.sorted() { append(id...id) }
    }

    /// Creates a set from ranges in any order.
    init(ranges: some Sequence<ClosedRange<UInt32>>) {
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) { append(range) }
    }

    /// Reads a set such as `1:5,7,9:*`; nil for anything else.
    init?(parsing text: String) {
        func id(_ text: Substring) -> UInt32? { text == "*" ? Self.last : UInt32(text).flatMap { $0 > 0 ? $0 : nil } }
        var ranges: [ClosedRange<UInt32>] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            let ends = part.split(separator: ":", omittingEmptySubsequences: false)
            guard (1...2).contains(ends.count), let one = id(ends[0]), let other = id(ends[ends.count - 1]) else {
                return nil
            }
            ranges.append(min(one, other)...max(one, other))
        }
        self.init(ranges: ranges)
    }

    /// Adds the ids of another set.
    mutating func formUnion(_ other: UIDSet) { self = UIDSet(ranges: ranges + other.ranges) }

    /// Whether there is no id in it.
    var isEmpty: Bool { ranges.isEmpty }

    /// How many ids there are.
    var count: Int { ranges.reduce(0) { $0 + $1.count } }

    /// Every id, in order.
    var ids: some Sequence<UInt32> { ranges.lazy.flatMap(\.self) }

    /// Whether the id is in it.
    func contains(_ id: UInt32) -> Bool {
        var (low, high) = (0, ranges.count)
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < id { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].contains(id)
    }

    /// The set in pieces of at most that many ids, in order.
    func chunks(of size: Int) -> [UIDSet] {
        var chunks: [UIDSet] = []
        var current = UIDSet()
        var room = size
        for range in ranges {
            var rest = range
            while rest.count > room {
                let end = rest.lowerBound + UInt32(room - 1)
                current.append(rest.lowerBound...end)
                chunks.append(current)
                (current, room) = (UIDSet(), size)
                rest = (end + 1)...rest.upperBound
            }
            current.append(rest)
            room -= rest.count
            if room == 0 {
                chunks.append(current)
                (current, room) = (UIDSet(), size)
            }
        }
        return current.isEmpty ? chunks : chunks + [current]
    }

    /// Adds a range that begins no earlier than any before it.
    private mutating func append(_ range: ClosedRange<UInt32>) {
        guard let end = ranges.last?.upperBound, end == .max || range.lowerBound <= end + 1 else {
            ranges.append(range)
            return
        }
        let start = ranges[ranges.count - 1].lowerBound
        ranges[ranges.count - 1] = start...max(end, range.upperBound)
    }
}

extension UIDSet: CustomStringConvertible {
    /// The set as it is sent, such as `1:5,7,9:*`.
    var description: String {
        ranges.map { range in
            if range.upperBound == Self.last { return "\(range.lowerBound):*" }
            return range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound):\(range.upperBound)"
        }.joined(separator: ",")
    }
}
