/// A named kind of call to a provider, with its limits.
///
/// Every upstream call goes through one, so that counting, pacing, retrying and recording exist once, in the platform.
public struct UpstreamOperation: Sendable, Hashable {
    /// The name, unique in its connector, such as `tasks.list`.
    public let name: String
    /// How many calls of it may be under way at once.
    public let concurrency: Int
    /// How many calls of it may begin in a second; nil for no limit of ours.
    public let perSecond: Double?

    /// Creates an operation.
    public init(_ name: String, concurrency: Int = 8, perSecond: Double? = nil) {
        self.name = name
        self.concurrency = concurrency
        self.perSecond = perSecond
    }
}
