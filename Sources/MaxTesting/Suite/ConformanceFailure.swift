/// A promise that a connector does not keep: which, where in the conversation, and what came instead.
public struct ConformanceFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// The check that failed.
    public let check: ConformanceCheck
    /// The heading of the step at which it failed; nil when it failed at none.
    public let step: String?
    /// What should have come.
    public let expected: String
    /// What came.
    public let found: String

    init(_ check: ConformanceCheck, _ shortfall: Shortfall) {
        self.check = check
        step = shortfall.step
        expected = shortfall.expected
        found = shortfall.found
    }

    /// The check, the step, what was expected and what came, as one sentence.
    public var description: String {
        let place = step.map { " at “\($0)”" } ?? ""
        return "“\(check)”\(place): expected \(expected), but found \(found)."
    }
}

/// A difference between what should have come and what came, before it is known which check it fails.
struct Shortfall: Error, Sendable, Hashable {
    var step: String?
    let expected: String
    let found: String

    init(at step: String? = nil, expected: String, found: String) {
        self.step = step
        self.expected = expected
        self.found = found
    }

    /// What an unexpected error amounts to.
    init(_ error: any Error) {
        self = error as? Shortfall ?? Shortfall(expected: "no error of its own", found: "the error “\(error)”")
    }
}

/// Holds a fact to be true.
///
/// - Throws: ``Shortfall`` when it is not.
func require(
    _ fact: Bool, at step: String? = nil, expected: @autoclosure () -> String, found: @autoclosure () -> String
) throws(Shortfall) {
    if !fact { throw Shortfall(at: step, expected: expected(), found: found()) }
}
