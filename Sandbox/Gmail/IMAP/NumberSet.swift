/// A set of ids as commands write it, such as `1:5,7,9:*`.
struct NumberSet {
    private let ranges: [ClosedRange<UInt32>]

    /// Reads a set; `last` is what `*` stands for.
    init(_ text: String, last: UInt32) {
        ranges = text.split(separator: ",").compactMap { part in
            let ends = part.split(separator: ":").map { $0 == "*" ? last : UInt32($0) ?? 0 }
            guard let one = ends.first, let other = ends.last else { return nil }
            return min(one, other)...max(one, other)
        }
    }

    func contains(_ id: UInt32) -> Bool { ranges.contains { $0.contains(id) } }

    /// Writes ids that are in order.
    static func text(_ ids: [UInt32]) -> String {
        var ranges: [ClosedRange<UInt32>] = []
        for id in ids {
            if let last = ranges.last, last.upperBound + 1 == id {
                ranges[ranges.count - 1] = last.lowerBound...id
            } else {
                ranges.append(id...id)
            }
        }
        return ranges.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound):\($0.upperBound)" }
            .joined(separator: ",")
    }
}
