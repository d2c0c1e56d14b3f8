/// A row of children cut into consecutive runs, one for each parent.
package struct Partition: Sendable {
    /// Where each parent's run begins, and at the end the number of children.
    private let bounds: [Int]

    /// Cuts by weight: a parent of weight 4 gets about twice the children of one of weight 2.
    package init(children: Int, weights: [Int]) {
        let total = weights.reduce(0, +)
        var sum = 0
        var bounds = [0]
        bounds.reserveCapacity(weights.count + 1)
        for weight in weights {
            sum += weight
            bounds.append(total == 0 ? 0 : children * sum / total)
        }
        if total == 0, weights.isEmpty == false { bounds[weights.count] = children }
        self.bounds = bounds
    }

    /// Finds the children of one parent; a parent outside the row has none.
    package func run(of parent: Int) -> Range<Int> {
        guard parent >= 0, parent + 1 < bounds.count else { return 0..<0 }
        return bounds[parent]..<bounds[parent + 1]
    }

    /// Finds the parent of a child that is in the row.
    package func parent(of child: Int) -> Int {
        var low = 0
        var high = bounds.count - 1
        while low < high {
            let middle = (low + high) / 2
            if bounds[middle + 1] <= child { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
