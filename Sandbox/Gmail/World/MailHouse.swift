internal import SandboxKit
internal import Synchronization

/// The accounts of a running server, which every connection and every hand works on.
package final class MailHouse: Sendable {
    private let accounts: Mutex<[String: MailAccount]>
    private let passingSignIns = Mutex(0)
    let first: GmailLogin
    let second: GmailLogin

    init(seed: UInt64, messages: Int) {
        let logins = ["dana@gmail.example", "erin@gmail.example"].enumerated().map { number, address in
            var dice = Dice(seed: seed, kind: 30, number)
            return GmailLogin(
                address: address, password: (0..<4).map { _ in Hex.text(dice.next(), digits: 8) }.joined())
        }
        (first, second) = (logins[0], logins[1])
        accounts = Mutex([
            first.address: MailAccount(login: first, seed: seed, count: messages),
            second.address: MailAccount(login: second, seed: seed &+ 1, count: min(messages, 20)),
        ])
    }

    /// Reads an account as it is now.
    func read<Result>(_ address: String, _ body: (MailAccount) -> Result) -> Result? {
        accounts.withLock { $0[address] }.map(body)
    }

    private func write(_ body: (inout MailAccount) -> Void) {
        accounts.withLock { accounts in
            if var account = accounts[first.address] {
                body(&account)
                accounts[first.address] = account
            }
        }
    }

    /// The account and the fault that a name and a password open; nil when they open none.
    func account(_ user: String, _ password: String) -> (address: String, fault: GmailFault?)? {
        let address = user.lowercased()
        guard let login = read(address, { $0.login }) else { return nil }
        if password == login.password { return (address, nil) }
        guard password.hasPrefix(login.password + "_") else { return nil }
        return GmailFault(rawValue: String(password.dropFirst(login.password.count + 1))).map { (address, $0) }
    }
}

extension MailHouse {
    /// Whether a sign-in is refused that is good: the first of every five.
    func refusesInPassing() -> Bool {
        passingSignIns.withLock { count in
            defer { count += 1 }
            return count.isMultiple(of: 5)
        }
    }
}

// MARK: What hands do to Dana's mail

extension MailHouse {
    /// Puts a message into “All Mail” and returns its id there.
    @discardableResult
    package func append(_ message: String, labels: Set<String> = ["\\Inbox"]) -> UInt32 {
        var uid: UInt32 = 0
        write {
            uid = $0.add(
                MailWriter.Draft(
                    bytes: Array(message.replacing("\r\n", with: "\n").replacing("\n", with: "\r\n").utf8),
                    thread: 1_000_000, received: 1_794_700_000, labels: labels, flags: [], place: .all))
        }
        return uid
    }

    /// Sets flags and labels of a message of “All Mail”.
    package func mark(_ uid: UInt32, flags: Set<String>, labels: Set<String>? = nil) {
        write { account in
            account.change(uid) { message in
                message.flags = flags
                message.labels = labels ?? message.labels
            }
        }
    }

    /// Removes a message of “All Mail” for good.
    package func expunge(_ uid: UInt32) { write { $0.remove(uid) } }

    /// Numbers all of Dana's messages anew, under another validity.
    package func renumber() { write { $0.renumber() } }

    /// The ids of the messages in “All Mail”, in their order.
    package var ids: [UInt32] { read(first.address) { $0.messages(in: .all).map(\.uid) } ?? [] }

    /// The validity of the ids.
    package var validity: UInt32 { read(first.address, \.validity) ?? 0 }
}
