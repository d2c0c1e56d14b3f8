/// A sync as it is asked for.
package struct SyncRequestBody: Codable, Sendable, Hashable {
    /// `changes` or `everything`; changes unless given.
    package var mode: String?
    /// The entities it is limited to; all unless given.
    package var only: [String]?

    package init(mode: String? = nil, only: [String]? = nil) {
        self.mode = mode
        self.only = only
    }
}
