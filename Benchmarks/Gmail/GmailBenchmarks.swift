internal import Dovecot
internal import Foundation

extension Benchmark {
    /// A mailbox of 10,000 messages in a Dovecot on this machine, over TLS.
    static let collectingMail = [
        Benchmark("10,000 messages decoded and stored", beside: "mbsync into a Maildir", target: .rate(3)) {
            try await firstSyncs(of: SampleMail.messages) { try await $0.mbsync() }
        },
        Benchmark("… beside a loop", beside: "imaplib, stored unparsed", target: .rate(0.7)) {
            try await firstSyncs(of: SampleMail.messages) { try await $0.imaplib() }
        },
        Benchmark("10,000 headers decoded and stored", beside: "imaplib, stored unparsed", target: .rate(1)) {
            try await firstSyncs(of: SampleMail.headers) { try await $0.imaplib(headers: true) }
        },
        Benchmark("mailbox with nothing changed", beside: "mbsync again", target: .median(.milliseconds(20))) {
            try await idleSyncs()
        },
    ]

    /// Takes three rounds, each with a new project, after one that does not count.
    private static func firstSyncs(
        of messages: some Sequence<DovecotMessage>, beside other: @Sendable (MailPeers) async throws -> Duration
    ) async throws -> Measurement {
        try await Dovecot.run { server in
            try server.add(messages)
            return try await Measurement(3, of: SampleMail.count) {
                try await withScratchFolder { try await MailProject.using($0, of: server) { try await $0.sync() } }
            } reference: {
                try await withScratchFolder { try await other(MailPeers(server, in: $0)) }
            }
        }
    }

    private static func idleSyncs() async throws -> Measurement {
        try await Dovecot.run { server in
            try server.add(SampleMail.messages)
            return try await withScratchFolder { folder in
                let peers = try MailPeers(server, in: folder)
                _ = try await peers.mbsync()
                return try await MailProject.using(folder.appending(path: "project"), of: server) { project in
                    _ = try await project.sync()
                    return try await Measurement(20) {
                        try await project.sync()
                    } reference: {
                        try await peers.mbsync()
                    }
                }
            }
        }
    }
}
