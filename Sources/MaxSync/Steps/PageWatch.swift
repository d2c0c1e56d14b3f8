/// A watch over one list that notices when it leads back to a page that was read before, or goes on without anything new.
///
/// It remembers one earlier cursor and moves it forward in growing strides (Brent's way to find a cycle), and counts the
/// pages without news, so that it takes the same little memory for a list of any length.
struct PageWatch: Sendable {
    private var landmark: String?
    private var steps = 0
    private var stride = 1
    private var stalePages = 0

    /// Whether the last page brought nothing new.
    var isStale: Bool { stalePages > 0 }

    /// Takes note of a page.
    ///
    /// - Parameters:
    ///   - cursor: Where the page was read from.
    ///   - next: Where the next one starts.
    ///   - limit: How many pages in a row may be without news.
    /// - Returns: Whether the list may go on.
    mutating func admits(cursor: String?, next: String, stalePages limit: Int) -> Bool {
        if next == cursor || next == landmark || stalePages >= limit { return false }
        steps += 1
        if steps == stride { (landmark, steps, stride) = (next, 0, stride * 2) }
        return true
    }

    /// Takes note of how many records the page had that were on no earlier one.
    mutating func note(news: Int) { stalePages = news == 0 ? stalePages + 1 : 0 }
}
