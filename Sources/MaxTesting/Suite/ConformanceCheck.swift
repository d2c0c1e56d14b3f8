/// A promise of the suite.
public enum ConformanceCheck: Sendable, Hashable, CustomStringConvertible {
    case setup(SetupCheck)
    case collection(CollectionCheck)

    /// The promise as a sentence.
    public var description: String {
        switch self {
        case .setup(let check): check.description
        case .collection(let check): check.description
        }
    }
}
