import SandboxKit

/// Turns places in a world into ids that look random, and back, without a table.
///
/// An id is its kind's prefix and ten hex digits: the place, multiplied, shifted and folded modulo 2⁴⁰ by constants
/// drawn from the seed, so that two worlds share no ids.
struct IdentifierCodec: Sendable {
    private let factor: UInt64
    private let inverse: UInt64
    private let offsets: [UInt64]

    private static let mask: UInt64 = 1 << 40 - 1
    private static let digits = 10

    init(seed: UInt64) {
        var dice = Dice(seed: seed, .identifier)
        let factor = dice.next() | 1
        // Newton's iteration doubles the number of right low bits; an odd number is right in its lowest three.
        var inverse = factor
        for _ in 0..<5 { inverse = inverse &* (2 &- factor &* inverse) }
        self.factor = factor
        self.inverse = inverse
        offsets = EntityKind.allCases.map { _ in dice.next() & IdentifierCodec.mask }
    }

    func id(_ kind: EntityKind, _ index: Int) -> String {
        let mixed = (UInt64(index) &* factor &+ offset(kind)) & IdentifierCodec.mask
        return kind.idPrefix + Hex.text(mixed ^ (mixed >> 20), digits: IdentifierCodec.digits)
    }

    /// Finds the place an id of this kind stands for, which need not be taken.
    func index(_ kind: EntityKind, _ id: some StringProtocol) -> Int? {
        guard id.hasPrefix(kind.idPrefix),
            let folded = Hex.number(id.dropFirst(kind.idPrefix.count), digits: IdentifierCodec.digits)
        else { return nil }
        let mixed = folded ^ (folded >> 20)
        return Int((mixed &- offset(kind)) &* inverse & IdentifierCodec.mask)
    }

    private func offset(_ kind: EntityKind) -> UInt64 {
        switch kind {
        case .workspace: offsets[0]
        case .user: offsets[1]
        case .project: offsets[2]
        case .task: offsets[3]
        case .file: offsets[4]
        }
    }
}
