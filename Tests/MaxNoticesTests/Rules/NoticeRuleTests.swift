import Foundation
import MaxConnector
import MaxCore
import MaxHub
import MaxNotices
import Testing

/// The table of facts and notices.
struct NoticeRuleTests {
    private static let refused = Scene(runs: [.failed], problem: .refused, failures: 1, isRefused: true)

    private func keys(_ scene: Scene) -> [String] { scene.findings.told.map(\.key.rawValue) }

    @Test func `a first sync that brought what there is is told, with what came`() {
        #expect(keys(Scene()) == ["first_sync/con_one"])
        let whole = Scene().findings.told.first
        #expect(whole?.title == "The first sync of Acme dana@acme.test is done")
        #expect(whole?.sentence == "155 records collected.")
        #expect(whole?.action == nil)
        #expect(Scene(records: 0).findings.told.first?.sentence == "Nothing is there yet.")
        let part = Scene(runs: [.partial], problem: .down).findings.told.first
        #expect(part?.sentence == "155 records collected; part is missing.")
    }

    @Test(arguments: [[], [.requested], [.running], [.failed], [.cancelled]] as [[RunState]])
    func `a first sync that has not ended well is neither told nor over`(runs: [RunState]) {
        let scene = Scene(runs: runs, problem: runs == [.failed] ? .down : nil, records: 0)
        #expect(keys(scene) == [])
        #expect(scene.findings.undecided.contains(NoticeKey(rawValue: "first_sync/con_one")))
    }

    @Test func `a refused credential needs the owner, who is told why and where to get a new one`() throws {
        let told = Self.refused.findings.told
        #expect(told.map(\.key.rawValue) == ["needs_attention/con_one/-/reconnect"])
        let notice = try #require(told.first)
        #expect(notice.title == "Acme dana@acme.test needs attention")
        #expect(notice.sentence == "Acme rejected this token · 155 records kept")
        #expect(notice.action == .reconnect)
        #expect(notice.link?.absoluteString == "https://acme.test/tokens")
    }

    @Test func `a provider that is down needs nobody until nothing is tried any more`() {
        #expect(keys(Scene(runs: [.failed], problem: .down, failures: 6)) == [])
        let last = Scene(runs: [.failed], problem: .down, failures: 7).findings.told
        #expect(last.map(\.key.rawValue) == ["needs_attention/con_one/-/sync"])
        #expect(last.first?.action == .sync)
        #expect(last.first?.link == nil)
    }

    @Test(arguments: [RunState.requested, .running, .cancelled])
    func `a sync that may mend it neither tells it anew nor ends it`(state: RunState) {
        let open = [NoticeKey(rawValue: "needs_attention/con_one/-/reconnect")]
        var scene = Self.refused
        scene.runs = [state, .failed]
        #expect(scene.findings.turn(from: open) == ([], []))
        scene.isStalled = true
        #expect(scene.findings.turn(from: open) == ([], []))
    }

    @Test func `what a new credential meets is told anew`() {
        var scene = Self.refused
        scene.setup = "set_two"
        #expect(keys(scene) == ["needs_attention/con_one/set_two/reconnect"])
        scene.runs = [.running]
        let open = [NoticeKey(rawValue: "needs_attention/con_one/-/reconnect")]
        #expect(scene.findings.turn(from: open).cleared == Set(open))
    }

    @Test(
        arguments: [
            (14.1, nil), (14, 14), (8, 14), (7, 7), (1.5, 7), (1, 1), (0.1, 1), (0, 1), (-3, 1),
        ] as [(Double, Int?)])
    func `a credential's end is told fourteen days, seven days and one day ahead`(days: Double, told: Int?) {
        let scene = Scene(expiresIn: days * day)
        let ending = (now + days * day).formatted(Date.ISO8601FormatStyle())
        #expect(
            keys(scene).filter { $0.hasPrefix("expiring") } == (told.map { ["expiring/con_one/\(ending)/\($0)"] } ?? [])
        )
        let notice = scene.findings.told.first { $0.kind == .expiring }
        #expect((notice?.action == .reconnect) == (told != nil))
        #expect((notice?.link != nil) == (told != nil))
    }

    @Test func `another thing to do is told anew, and takes the place of the one before`() {
        let tired = Scene(runs: [.failed], problem: .down, failures: 7).findings
        let turn = Self.refused.findings.turn(from: tired.told.map(\.key))
        #expect(turn.raised.map(\.action) == [.reconnect])
        #expect(turn.cleared == [NoticeKey(rawValue: "needs_attention/con_one/-/sync")])
    }

    @Test func `an end that is past is told as that`() throws {
        let notice = try #require(Scene(expiresIn: -3 * day).findings.told.first { $0.kind == .expiring })
        #expect(notice.title == "The credential of Acme dana@acme.test has ended")
        #expect(notice.sentence.hasPrefix("It ended on "))
    }

    @Test func `an end that is only expected is told as that, and no more once it is past`() throws {
        let notice = try #require(Scene(expectedEndIn: 6 * day).findings.told.first { $0.kind == .expiring })
        #expect(notice.title == "The credential of Acme dana@acme.test may end soon")
        #expect(notice.sentence.hasPrefix("It may end on "))
        #expect(notice.sentence.hasSuffix(", as those before it did. With a new one before that, nothing is missed."))
        #expect(notice.action == .reconnect)
        #expect(Scene(expectedEndIn: -1).findings.told.filter { $0.kind == .expiring } == [])
        let facts = NoticeFacts(connections: [Scene(expectedEndIn: 20 * day).report])
        #expect(NoticeRule.nextChange(facts, after: now) == now + 6 * day)
    }

    @Test func `a later warning takes the place of the one before`() {
        let (first, second) = (Scene(expiresIn: 13 * day).findings, Scene(expiresIn: 6 * day).findings)
        let open = first.told.map(\.key)
        let later = NoticeRule.findings(
            NoticeFacts(connections: [Scene(expiresIn: 13 * day).report]), at: now + 7 * day)
        let turn = later.turn(from: open)
        #expect(turn.raised.map(\.kind) == [.expiring])
        #expect(turn.cleared == Set(open.filter { $0.rawValue.hasPrefix("expiring") }))
        #expect(second.turn(from: second.told.map(\.key)) == ([], []))
    }

    @Test func `a credential that was refused does not end soon besides`() {
        var scene = Self.refused
        scene.expiresIn = day / 2
        #expect(scene.findings.told.map(\.kind) == [.needsAttention])
    }

    @Test(arguments: [ConnectionState.shell, .revoked, .paused])
    func `nothing is told of what its owner left alone`(state: ConnectionState) {
        var scene = Self.refused
        (scene.state, scene.expiresIn) = (state, day)
        #expect(scene.findings.told == [])
        let open = [NoticeKey(rawValue: "needs_attention/con_one/-/reconnect")]
        #expect(scene.findings.turn(from: open).cleared == Set(open))
    }

    @Test func `a missing key of the vault is told once for all connections`() {
        let scenes = [Scene(isLocked: true), Scene(id: "con_two", isLocked: true), Scene(id: "con_three")]
        let told = NoticeRule.findings(NoticeFacts(connections: scenes.map(\.report)), at: now).told
        let attention = told.filter { $0.kind == .needsAttention }
        #expect(attention.map(\.key.rawValue) == ["needs_attention/vault"])
        #expect(attention.first?.title == "2 connections are locked")
        #expect(attention.first?.action == .serverSetting("MAX_VAULT_KEY"))
    }

    @Test func `a device is silent when nothing came for too long`() {
        let devices = [
            DeviceReport(id: "dev_one", label: "Dana’s laptop", heardAt: now - 2 * day),
            DeviceReport(id: "dev_two", label: "Dana’s desk", heardAt: now - day / 2),
        ]
        let told = NoticeRule.findings(NoticeFacts(devices: devices), at: now).told
        #expect(told.map(\.key.rawValue) == ["device_silent/dev_one"])
        #expect(told.first?.title == "Dana’s laptop is silent")
    }

    @Test func `a disk that fills up is told twice, and room ends both`() {
        let low = NoticeRule.findings(NoticeFacts(disk: .low(bytesLeft: 1_900_000_000)), at: now)
        #expect(low.told.map(\.key.rawValue) == ["disk_low/low"])
        #expect(low.told.first?.sentence == "1.9 GB are left; below 500 MB Max stops collecting.")
        let full = NoticeRule.findings(NoticeFacts(disk: .exhausted(bytesLeft: 412_000_000)), at: now)
        #expect(full.turn(from: low.told.map(\.key)).cleared == ["disk_low/low"])
        #expect(full.told.map(\.key.rawValue) == ["disk_low/exhausted"])
        #expect(full.told.first?.sentence.hasPrefix("412 MB") == true)
        let ample = NoticeRule.findings(NoticeFacts(), at: now)
        #expect(ample.turn(from: ["disk_low/exhausted"]).cleared == ["disk_low/exhausted"])
    }

    @Test func `the time at which time alone changes something is known`() {
        let facts = NoticeFacts(
            connections: [Scene(expiresIn: 9 * day).report],
            devices: [DeviceReport(id: "dev_one", label: "Desk", heardAt: now, patience: 3 * day)])
        #expect(NoticeRule.nextChange(facts, after: now) == now + 2 * day)
        #expect(NoticeRule.nextChange(facts, after: now + 2 * day) == now + 3 * day)
        #expect(NoticeRule.nextChange(facts, after: now + 9 * day) == nil)
    }

    @Test func `a connection whose label names its source is called by that alone`() {
        let scene = Scene(label: "My Acme")
        #expect(scene.findings.told.first?.title == "The first sync of My Acme is done")
    }
}

extension NoticeKey: ExpressibleByStringLiteral {
    package init(stringLiteral value: String) { self.init(rawValue: value) }
}
