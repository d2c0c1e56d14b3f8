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
    private let state = Mutex<(child: ChildProcess?, messages: Int)>((nil, 0))

    init(folder: URL) {
        self.folder = folder
        owner = .current
    }

    /// Starts the server and waits until it takes connections.
    func start(waitingFor ports: [Int]) async throws {
        let child = try ChildProcess(
            command([Self.server, "-F", "-c", folder.appending(path: "dovecot.conf").path]), output: "/dev/null")
        state.withLock { $0.child = child }
        for port in ports {
            guard try await FreePort.waitForListener(on: port, while: { child.isRunning }) else {
                await stop()
                throw DovecotFailure(message: "dovecot did not start")
            }
        }
    }

    /// Ends the server and waits for its end.
    func stop() async { await state.withLock { $0.child }?.stop() }

    /// Runs `doveadm` and returns what it printed.
    func doveadm(_ arguments: [String]) async throws -> String {
        let output = folder.appending(path: "doveadm-\(nextNumber())")
        let configuration = folder.appending(path: "dovecot.conf").path
        let child = try ChildProcess(
            command(["/usr/bin/doveadm", "-c", configuration] + arguments), output: output.path)
        let status = try await child.wait()
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

    /// A command as the server's owner runs it.
    private func command(_ command: [String]) -> [String] {
        guard geteuid() == 0 else { return command }
        return ["/usr/bin/setpriv", "--reuid", "\(owner.user)", "--regid", "\(owner.group)", "--clear-groups"] + command
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
