package import Foundation

/// What the engines take from the world around them, handed in so that tests can hand in their own.
package struct Surroundings: Sendable {
    /// The time.
    package var now: @Sendable () -> Date
    /// A new unguessable word of 26 letters and digits (130 bits).
    package var word: @Sendable () -> String

    /// Creates surroundings.
    package init(now: @escaping @Sendable () -> Date, word: @escaping @Sendable () -> String) {
        self.now = now
        self.word = word
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
