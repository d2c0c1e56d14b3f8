import Foundation
import MaxCore
import MaxHTTP
import MaxHub
import MaxStore
import MaxVault
import Synchronization

@testable import MaxNotices

/// A project's store, vault and way out, with a clock that the test sets.
final class PostOffice: Sendable {
    let store: SQLiteStore
    let folder: URL
    let vault: Vault
    let channels: NoticeChannels
    let keeper: DeliveryKeeper
    private let clock: Clock

    /// Runs `body` over a project of its own.
    static func run<Result>(_ body: (PostOffice) async throws -> Result) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "max-post-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        return try await MailRoom.outbound { outbound in
            let office = try PostOffice(folder, outbound)
            defer { office.store.close() }
            return try await body(office)
        }
    }

    init(_ folder: URL, _ outbound: Outbound) throws {
        let clock = Clock(now)
        let surroundings = Surroundings(now: { clock.time }, word: Surroundings.real.word)
        store = try SQLiteStore(folder: folder.appending(path: ".max"))
        self.folder = folder
        let key = folder.appending(path: "key").path
        try VaultKeyFile.create(at: key)
        vault = Vault(source: .file(path: key, ownedByUs: true), rows: store, surroundings: surroundings)
        channels = NoticeChannels(rows: store, keeper: vault, upstreams: outbound, surroundings: surroundings)
        keeper = DeliveryKeeper(channels) { notice in
            NoticeStory(notice, json: ["id": .string(notice.id.rawValue)], advice: "max status", page: nil)
        }
        self.clock = clock
    }

    /// The time that everything sees.
    final class Clock: Sendable {
        private let state: Mutex<Date>
        init(_ time: Date) { state = Mutex(time) }
        var time: Date { state.withLock(\.self) }
        func advance(by seconds: TimeInterval) { state.withLock { $0 += seconds } }
    }

    /// Lets time pass.
    func advance(by seconds: TimeInterval) { clock.advance(by: seconds) }

    /// Tells notices that are new, and gives their ids.
    @discardableResult
    func tell(_ names: String..., kind: NoticeKind = .needsAttention) async throws -> [String] {
        let raised = names.map { name in
            NoticeTurn.Raised(
                NoticeDraft(
                    kind, key: NoticeKey(kind, name), title: "\(name) needs attention", sentence: "It was refused."),
                as: NoticeID(rawValue: "ntc_\(name)"))
        }
        return try await store.turn(NoticeTurn(raised: raised), at: clock.time).map(\.id.rawValue)
    }

    /// What waits, was sent or was given up in a channel.
    func deliveries(_ id: NoticeChannelID) async throws -> [NoticeDelivery] {
        try await store.deliveries(of: id, since: .distantPast)
    }

    /// The channels, where something happens whenever somebody is about to be spoken to.
    func channels(before: @escaping @Sendable () async throws -> Void) -> NoticeChannels {
        channels { _ in try await before() }
    }

    /// The same, told the address; nil for a line.
    func channels(before: @escaping @Sendable (URL?) async throws -> Void) -> NoticeChannels {
        NoticeChannels(
            rows: store, keeper: vault, upstreams: BusyUpstreams(base: channels.upstreams, before: before),
            surroundings: channels.surroundings)
    }

    /// Adds a webhook on this machine.
    func hook(_ url: String, kinds: Set<NoticeKind> = []) async throws -> (webhook: Webhook, secret: SecretValue) {
        try await channels.addWebhook(WebhookSettings(url, allowing: ["127.0.0.1"]), kinds: kinds)
    }
}
