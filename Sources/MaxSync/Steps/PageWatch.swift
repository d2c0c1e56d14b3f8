/// A watch over one list that notices when it leads back to a page that was read before, or goes on without anything in it.
///
/// It remembers one earlier cursor and moves it forward in growing strides (Brent's way to find a cycle), so that it takes
/// the same little memory for a list of any length.
struct PageWatch: Sendable {
    private var landmark: String?
    private var steps = 0
    private var stride = 1
    private var emptyPages = 0

    /// Takes note of a page.
    ///
    /// - Parameters:
    ///   - cursor: Where the page was read from.
    ///   - next: Where the next one starts.
    /// - Returns: Whether the list may go on.
    mutating func admits(cursor: String?, next: String, isEmpty: Bool, emptyPages limit: Int) -> Bool {
        emptyPages = isEmpty ? emptyPages + 1 : 0
        if next == cursor || next == landmark || emptyPages >= limit { return false }
        steps += 1
        if steps == stride { (landmark, steps, stride) = (next, 0, stride * 2) }
        return true
    }
}
