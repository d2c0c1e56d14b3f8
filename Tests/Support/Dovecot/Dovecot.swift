package import Foundation
internal import HostileServer

/// A mail server of its own on loopback, with one user, in a folder that goes when it ends.
///
/// It runs without rights: as whoever runs the tests, or as `nobody` when that is root, since Dovecot serves no mail as root.
package final class Dovecot: Sendable {
    /// The port that speaks TLS from the first byte, with ``HostileServer/TestCertificates/good``.
    package let port: Int
    /// The port that offers STARTTLS.
    package let startTLSPort: Int
    /// The user's name and password.
    package let user = "tim@example.test"
    package let password = "correct horse\"\\battery"
    /// Where everything is.
    package let folder: URL
    let process: DovecotProcess

    private init(_ ports: (tls: Int, startTLS: Int), folder: URL, process: DovecotProcess) {
        (port, startTLSPort) = ports
        self.folder = folder
        self.process = process
    }

    /// Runs a server for as long as `body` takes.
    ///
    /// - Parameter settings: Lines to add to its configuration.
    package static func run<Result>(
        _ settings: String = "", _ body: (Dovecot) async throws -> Result
    ) async throws -> Result {
        let server = try await start(settings)
        do {
            let result = try await body(server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    /// Starts a server; ``stop()`` has to be called in the end.
    package static func start(_ settings: String = "") async throws -> Dovecot {
        var last: (any Error)?
        // Another program may take a free port before the server does.
        for _ in 0..<5 {
            let folder = FileManager.default.temporaryDirectory.appending(
                path: "dovecot-\(UUID().uuidString.prefix(8))")
            do {
                let ports = (tls: try FreePort.find(), startTLS: try FreePort.find())
                let process = DovecotProcess(folder: folder)
                let server = Dovecot(ports, folder: folder, process: process)
                try server.writeConfiguration(settings)
                try await process.start(waitingFor: [ports.tls, ports.startTLS])
                return server
            } catch {
                try? FileManager.default.removeItem(at: folder)
                last = error
            }
        }
        throw last ?? DovecotFailure(message: "no port is free")
    }

    /// Stops the server and removes everything.
    package func stop() async {
        await process.stop()
        try? FileManager.default.removeItem(at: folder)
    }

    /// Runs `doveadm` for the user, such as `mailbox rename -u … Old New`; `-u` is added behind the command.
    @discardableResult
    package func doveadm(_ command: String..., arguments: [String] = []) async throws -> String {
        try await process.doveadm(command + ["-u", user] + arguments)
    }

    /// The log so far, to tell why something failed.
    package var log: String { (try? String(contentsOf: folder.appending(path: "log"), encoding: .utf8)) ?? "" }

    private func writeConfiguration(_ settings: String) throws {
        let files = [
            "cert.pem": TestCertificates.good, "key.pem": TestCertificates.key,
            "users": "\(user):{PLAIN}\(password):\(process.owner.user):\(process.owner.group)::\(folder.path)/home::\n",
            "dovecot.conf": configuration + settings,
        ]
        for name in ["", "home", "run"] { try process.own(folder.appending(path: name), isFolder: true) }
        for (name, text) in files { try own(folder.appending(path: name), text: text) }
    }

    private var configuration: String {
        """
        base_dir = \(folder.path)/run
        state_dir = \(folder.path)/run
        log_path = \(folder.path)/log
        protocols = imap
        listen = 127.0.0.1
        ssl = yes
        ssl_cert = <\(folder.path)/cert.pem
        ssl_key = <\(folder.path)/key.pem
        default_internal_user = \(process.owner.name)
        default_internal_group = \(process.owner.groupName)
        default_login_user = \(process.owner.name)
        first_valid_uid = 1
        mail_location = maildir:~/Maildir
        maildir_stat_dirs = no
        mail_fsync = never
        disable_plaintext_auth = yes
        auth_failure_delay = 0
        passdb {
          driver = passwd-file
          args = scheme=PLAIN \(folder.path)/users
        }
        userdb {
          driver = passwd-file
          args = \(folder.path)/users
        }
        service imap-login {
          chroot =
          inet_listener imap {
            port = \(startTLSPort)
          }
          inet_listener imaps {
            port = \(port)
            ssl = yes
          }
        }
        service anvil {
          chroot =
        }
        service stats {
          chroot =
        }

        """
    }
}

/// Why the server does not do what it is to do.
package struct DovecotFailure: Error, CustomStringConvertible {
    package let message: String
    package var description: String { message }
}
