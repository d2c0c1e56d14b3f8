#if canImport(Glibc)
    internal import Glibc
#endif

/// The memory of a process that lives for months.
enum Heap {
    /// Lets all threads share one arena, so that what was freed by one is used by the next.
    ///
    /// The C library of GNU gives each thread an arena of its own (mallopt(3), `M_ARENA_MAX`), and keeps in each what was ever
    /// needed there. A server's threads mostly wait.
    static func keepSmall() {
        #if canImport(Glibc)
            _ = mallopt(M_ARENA_MAX, 1)
        #endif
    }
}
