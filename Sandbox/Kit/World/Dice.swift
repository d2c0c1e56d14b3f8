/// A stream of numbers that depends on its seed alone, the same on every machine and in every release (SplitMix64).
package struct Dice: Sendable {
    private var state: UInt64

    /// Begins the stream of one thing of a world: the number of its kind and its place among its kind.
    package init(seed: UInt64, kind: UInt8, _ index: Int = 0) {
        state = seed &* 0x9e37_79b9_7f4a_7c15 ^ UInt64(kind) << 56 ^ UInt64(index) &* 0xd6e8_feb8_6659_fd93
        _ = next()
    }

    package mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }

    /// Draws from 0..<bound; 0 when the bound is 0.
    package mutating func below(_ bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    /// Draws true once in so many times.
    package mutating func onceIn(_ times: Int) -> Bool { below(times) == 0 }

    /// Draws one of a list that is not empty.
    package mutating func pick<Element>(_ choices: [Element]) -> Element { choices[below(choices.count)] }

    /// Draws from 0..<1.
    package mutating func fraction() -> Double { Double(next() >> 11) * 0x1p-53 }
}
