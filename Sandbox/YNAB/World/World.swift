import SandboxKit

/// A generated world: two people and their budgets, the same for the same seed and size everywhere.
struct World: Sendable {
    let people: [Person]
    let plans: [Plan]

    private static let names = [
        "Household", "Workshop & garden", "Café Ölwerk", "Allotment", "Choir fund", "Reise 2026", "Old flat", "家計簿",
    ]

    init(seed: UInt64, size: YNABSize) {
        let runs = Partition(children: size.transactions, weights: (0..<size.budgets).map { $0 == 0 ? 6 : 2 })
        let danas = (0..<size.budgets).map { index in
            let round = index / World.names.count
            let name = World.names[index % World.names.count] + (round == 0 ? "" : " \(round + 1)")
            return PlanDraft(
                seed: seed, index: index, name: name, months: size.months, transactions: runs.run(of: index).count
            ).plan
        }
        let erins = PlanDraft(
            seed: seed, index: size.budgets, name: "Erin’s budget", months: size.months,
            transactions: max(12, size.transactions / 10)
        ).plan
        plans = danas + [erins]
        people = [
            World.person("Dana", seed, 0, plans: Array(0..<size.budgets)),
            World.person("Erin", seed, 1, plans: [size.budgets]),
        ]
    }

    private static func person(_ name: String, _ seed: UInt64, _ index: Int, plans: [Int]) -> Person {
        var dice = Dice(seed: seed, kind: 21, index)
        return Person(id: dice.uuid(), name: name, token: YNABToken.text(&dice), plans: plans)
    }
}

extension Dice {
    /// Draws an identifier as in RFC 9562, version 4.
    mutating func uuid() -> String {
        let (high, low) = (next() & ~0xf000 | 0x4000, next() & ~(0xc000 << 48) | 0x8000 << 48)
        let (one, two) = (Hex.text(high, digits: 16), Hex.text(low, digits: 16))
        return "\(one.prefix(8))-\(one.dropFirst(8).prefix(4))-\(one.suffix(4))-\(two.prefix(4))-\(two.suffix(12))"
    }
}
