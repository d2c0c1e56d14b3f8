internal import GRDB

/// Statements that are prepared once for each connection to the file: a collection runs the same few all the time.
extension Database {
    /// Runs a statement that returns nothing.
    ///
    /// - Returns: How many rows it changed itself.
    @discardableResult
    func run(_ statement: SQL) throws -> Int {
        try cachedStatement(literal: statement).execute()
        return changesCount
    }

    /// The first row of a query.
    func firstRow(_ query: SQL) throws -> Row? { try Row.fetchOne(cachedStatement(literal: query)) }

    /// All rows of a query.
    func allRows(_ query: SQL) throws -> [Row] { try Row.fetchAll(cachedStatement(literal: query)) }
}
