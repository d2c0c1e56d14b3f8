package import Foundation
internal import MaxCore

/// The place of the one server that a project's folder can have, with the address it is found at.
///
/// It is a locked file: the system gives the place free when the server dies, however that happens.
package struct ServerSeat: Sendable {
    private let file: LockFile

    /// The place in a project's folder `.max`, which exists.
    package init(folder: URL) { file = StoreFolder(folder).lock("server") }

    /// Runs `work` while nobody else has the place.
    ///
    /// - Parameter work: Gets what tells others the address, once it is known.
    /// - Throws: ``MaxCore/MaxError`` with code `server_running` when somebody has it.
    package func holding<Result: Sendable>(
        _ work: (_ announce: @escaping @Sendable (String) -> Void) async throws -> Result
    ) async throws -> Result {
        let handle = try file.opened()
        defer { handle.close() }
        guard try handle.claim() else { throw running }
        try handle.write("")
        return try await work { address in try? handle.write(address) }
    }

    /// Where the server that has the place is found; nil when there is none, or it does not answer yet.
    package func address() throws -> String? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        let handle = try file.opened()
        defer { handle.close() }
        if try handle.claim(shared: true) { return nil }
        let text = (try? String(contentsOfFile: file.path, encoding: .utf8)) ?? ""
        return text.isEmpty ? nil : text
    }

    private var running: MaxError {
        let place = ((try? address()) ?? nil).map { " at \($0)" } ?? ""
        return MaxError(
            "server_running", "A server of this project runs already\(place).",
            fix: "Use that one, or stop it before you start another.")
    }
}

extension LockHandle {
    /// Puts a short text into the locked file, in place of what is there.
    fileprivate func write(_ text: String) throws {
        let bytes = Array(text.utf8)
        guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, bytes, bytes.count, 0) == bytes.count else {
            throw MaxError(errno: errno, at: path)
        }
    }
}
