package import Foundation

/// What the engines take from the world around them, handed in so that tests can hand in their own.
package struct Surroundings: Sendable {
    /// The time.
    package var now: @Sendable () -> Date
    /// A new unguessable word of 26 letters and digits (130 bits).
    package var word: @Sendable () -> String
    /// How much room is left on the disk that the project lies on.
    package var headroom: @Sendable () -> DiskHeadroom
    /// From how little room on something is done about it.
    package var diskBounds: DiskBounds

    /// Creates surroundings.
    package init(
        now: @escaping @Sendable () -> Date, word: @escaping @Sendable () -> String,
        headroom: @escaping @Sendable () -> DiskHeadroom = { .ample }, diskBounds: DiskBounds = DiskBounds()
    ) {
        self.now = now
        self.word = word
        self.headroom = headroom
        self.diskBounds = diskBounds
    }

    /// The machine's clock and the system's random numbers.
    package static var real: Surroundings {
        Surroundings(now: { Date() }, word: { Self.randomWord() })
    }

    private static func randomWord() -> String {
        let letters = Array("0123456789abcdefghjkmnpqrstvwxyz")
        var random = SystemRandomNumberGenerator()
        return String((0..<26).map { _ in letters[Int(random.next() & 31)] })
    }
}
