/// A kind of notices that the owner does not want to be told of: neither counted nor sent, and listed among those
/// that are over.
package struct NoticeMute: Sendable, Hashable {
    package let kind: NoticeKind
    /// The connection it is limited to; nil for all, and for the machine.
    package let connection: ConnectionID?

    package init(_ kind: NoticeKind, of connection: ConnectionID? = nil) {
        self.kind = kind
        self.connection = connection
    }
}
