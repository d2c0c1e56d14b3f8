package import MaxHub

/// All records of a question, a page at a time, so that memory does not grow with their number.
package struct RecordPages: AsyncSequence, Sendable {
    package let entity: StoredEntity
    /// The names of the fields in the order in which they are shown.
    package let columns: [String]
    let query: RecordQuery
    let connections: [Connection]
    let records: any RecordRows

    package func makeAsyncIterator() -> Iterator { Iterator(pages: self, query: query) }

    /// The way through the pages; it throws when the task is cancelled.
    package struct Iterator: AsyncIteratorProtocol {
        let pages: RecordPages
        /// The query of the next page; nil behind the last one.
        var query: RecordQuery?

        package mutating func next() async throws -> [QueriedRecord]? {
            guard var query else { return nil }
            try Task.checkCancellation()
            let page = try await pages.records.search(query)
            query.after = page.next
            self.query = page.next == nil ? nil : query
            return page.records.told(of: pages.connections)
        }
    }
}
