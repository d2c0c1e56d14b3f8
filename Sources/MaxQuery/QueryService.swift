package import Foundation
internal import MaxCore
package import MaxHub

/// Questions about collected records, in the words of people and programs.
///
/// Every method throws a ``MaxCore/MaxError`` whose sentence says what is wrong with the question: a name that nothing
/// has (`entity_unknown`, `connection_not_found`), or a text that cannot be read (`filter_invalid` and its like).
package struct QueryService: Sendable {
    let records: any RecordRows
    let connections: any ConnectionRows
    let now: @Sendable () -> Date

    /// Creates a service; `now` is what relative dates start from.
    package init(
        records: any RecordRows, connections: any ConnectionRows, now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.records = records
        self.connections = connections
        self.now = now
    }
}
