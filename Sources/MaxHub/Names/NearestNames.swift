/// The names most like one that does not exist.
package enum NearestNames {
    /// At most three names that somebody may have meant, the likeliest first.
    package static func of(_ wrong: String, among names: [String]) -> [String] {
        guard wrong.count <= 64 else { return [] }
        let typed = Array(wrong.lowercased())
        let near = names.compactMap { name -> (distance: Int, name: String)? in
            let other = Array(name.lowercased())
            if other.starts(with: typed), typed.count > 1 { return (0, name) }
            let distance = editDistance(typed, other)
            return distance <= max(1, min(typed.count, other.count) / 2) ? (distance, name) : nil
        }
        return near.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
    }

    /// The sentence that offers them; nil when there is none.
    package static func question(_ wrong: String, among names: [String]) -> String? {
        let near = of(wrong, among: names)
        guard let last = near.last else { return nil }
        let others = near.dropLast().joined(separator: ", ")
        return "Did you mean \(others.isEmpty ? last : "\(others) or \(last)")?"
    }

    /// How many letters have to be added, left out, replaced or swapped with their neighbour to get from one to the other.
    package static func editDistance(_ one: [Character], _ other: [Character]) -> Int {
        var (before, row) = ([Int](), Array(0...other.count))
        for (line, letter) in one.enumerated() {
            var next = [line + 1]
            for (column, partner) in other.enumerated() {
                var best = min(next[column] + 1, row[column + 1] + 1, row[column] + (letter == partner ? 0 : 1))
                if line > 0, column > 0, letter == other[column - 1], one[line - 1] == partner {
                    best = min(best, before[column - 1] + 1)
                }
                next.append(best)
            }
            (before, row) = (row, next)
        }
        return row[other.count]
    }
}
