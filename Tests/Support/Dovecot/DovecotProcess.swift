internal import Foundation
internal import Synchronization

/// The server's process, and who it runs as.
final class DovecotProcess: Sendable {
    static let server = "/usr/sbin/dovecot"

    /// Who the server runs as, and whose its files are.
    struct Owner: Sendable {
        let user: UInt32
        let group: UInt32
        let name: String
        let groupName: String
    }

    let owner: Owner
    private let folder: URL
    private let state = Mutex<(process: Process?, messages: Int)>((nil, 0))

    init(folder: URL) {
        self.folder = folder
        owner = .current
    }

    /// Starts the server and waits until it takes connections.
    func start(waitingFor ports: [Int]) async throws {
        let process = process([Self.server, "-F", "-c", folder.appending(path: "dovecot.conf").path])
        try process.run()
        state.withLock { $0.process = process }
        for port in ports {
            guard try await FreePort.waitForListener(on: port, while: { process.isRunning }) else {
                await stop()
                throw DovecotFailure(message: "dovecot did not start")
            }
        }
    }

    /// Ends the server and waits for its end.
    func stop() async {
        guard let process = state.withLock({ $0.process }) else { return }
        await withCheckedContinuation { continuation in
            let isTold = Mutex(false)
            let tell: @Sendable () -> Void = {
                let isFirst = isTold.withLock { isTold in
                    defer { isTold = true }
                    return !isTold
                }
                if isFirst { continuation.resume() }
            }
            process.terminationHandler = { _ in tell() }
            process.terminate()
            if !process.isRunning { tell() }
        }
    }

    /// Runs `doveadm` and returns what it printed.
    func doveadm(_ arguments: [String]) async throws -> String {
        let process = process(["/usr/bin/doveadm", "-c", folder.appending(path: "dovecot.conf").path] + arguments)
        let output = folder.appending(path: "doveadm-\(nextNumber())")
        _ = FileManager.default.createFile(atPath: output.path, contents: nil)
        let handle = try FileHandle(forWritingTo: output)
        process.standardOutput = handle
        process.standardError = handle
        let status = try await withCheckedThrowingContinuation { continuation in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        try handle.close()
        let text = try String(contentsOf: output, encoding: .utf8)
        guard status == 0 else { throw DovecotFailure(message: "doveadm \(arguments): \(text)") }
        return text
    }

    /// A number that was not used before.
    func nextNumber() -> Int {
        state.withLock { state in
            state.messages += 1
            return state.messages
        }
    }

    /// Makes a folder or a file that is the server's.
    func own(_ place: URL, isFolder: Bool = false, bytes: Data = Data()) throws {
        if isFolder {
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        } else {
            try bytes.write(to: place)
        }
        guard geteuid() == 0 else { return }
        guard chown(place.path, owner.user, owner.group) == 0 else {
            throw DovecotFailure(message: "\(place.path) cannot be given to \(owner.name)")
        }
    }

    /// A process of the server's owner.
    private func process(_ command: [String]) -> Process {
        let process = Process()
        let drop = ["/usr/bin/setpriv", "--reuid", "\(owner.user)", "--regid", "\(owner.group)", "--clear-groups"]
        let whole = geteuid() == 0 ? drop + command : command
        process.executableURL = URL(filePath: whole[0])
        process.arguments = Array(whole.dropFirst())
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        return process
    }
}

extension DovecotProcess.Owner {
    /// Whoever runs the tests, or `nobody` in the place of root.
    static var current: Self {
        let entry = geteuid() == 0 ? getpwnam("nobody") : getpwuid(geteuid())
        guard let entry = entry?.pointee, let group = getgrgid(entry.pw_gid)?.pointee else {
            return Self(user: 65_534, group: 65_534, name: "nobody", groupName: "nogroup")
        }
        return Self(
            user: entry.pw_uid, group: entry.pw_gid, name: String(cString: entry.pw_name),
            groupName: String(cString: group.gr_name))
    }
}

extension Dovecot {
    func own(_ place: URL, isFolder: Bool = false, bytes: Data = Data()) throws {
        try process.own(place, isFolder: isFolder, bytes: bytes)
    }

    func own(_ place: URL, text: String) throws { try process.own(place, bytes: Data(text.utf8)) }

    func nextNumber() -> Int { process.nextNumber() }
}
