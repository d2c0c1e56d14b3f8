/// The place that tells whether anything was stored since one last looked.
package protocol ChangeMark: Sendable {
    /// A number that differs from an earlier one when anything was committed in between, by whichever process.
    ///
    /// Numbers of different processes have nothing to do with one another.
    func mark() async throws -> Int64
}
