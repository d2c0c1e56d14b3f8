internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxEngines
internal import MaxHub

/// The part of the store that syncs write, whose every write meets the process's fate.
struct MortalCollection: CollectedRows {
    let rows: any CollectedRows
    let fate: Fate
}

extension MortalCollection: ChangeMark {
    func mark() async throws -> Int64 { try await rows.mark() }
}

extension MortalCollection: ScheduleRows {
    func syncStandings(of connection: ConnectionID?) async throws -> [SyncStanding] {
        try await rows.syncStandings(of: connection)
    }

    func setInterval(_ seconds: TimeInterval?, of connection: ConnectionID) async throws {
        try await fate.meet("setInterval") { try await rows.setInterval(seconds, of: connection) }
    }

    func setPaused(_ isPaused: Bool, of connection: ConnectionID, at time: Date) async throws {
        try await fate.meet("setPaused") { try await rows.setPaused(isPaused, of: connection, at: time) }
    }
}

extension MortalCollection: StoreInspection {
    func inspect() async throws -> StoreCondition { try await rows.inspect() }
}

extension MortalCollection: RecordingRows {
    func record(_ part: RecordedPart, as key: RecordingKey, at time: Date) async throws {
        try await fate.meet("record") { try await rows.record(part, as: key, at: time) }
    }

    func recording(of subject: String) async throws -> Recording? { try await rows.recording(of: subject) }

    func recorded(beginningWith letters: String, limit: Int) async throws -> [RecordingKey] {
        try await rows.recorded(beginningWith: letters, limit: limit)
    }

    func recorded(of connection: ConnectionID, limit: Int) async throws -> [RecordingKey] {
        try await rows.recorded(of: connection, limit: limit)
    }
}

extension MortalCollection: NoticeRows {
    func notices(isOpen: Bool, before earlier: NoticeID?, limit: Int) async throws -> [Notice] {
        try await rows.notices(isOpen: isOpen, before: earlier, limit: limit)
    }

    func notice(_ id: NoticeID) async throws -> Notice? { try await rows.notice(id) }

    func openNotices() async throws -> [NoticeKey: Notice] { try await rows.openNotices() }

    func unreadNotices() async throws -> Int { try await rows.unreadNotices() }

    func turn(_ turn: NoticeTurn, at time: Date) async throws -> [Notice] {
        try await fate.meet("turn") { try await rows.turn(turn, at: time) }
    }

    func readNotices(_ id: NoticeID?, at time: Date) async throws {
        try await fate.meet("readNotices") { try await rows.readNotices(id, at: time) }
    }

    func mutes() async throws -> Set<NoticeMute> { try await rows.mutes() }

    func setMuted(_ isMuted: Bool, _ mute: NoticeMute) async throws {
        try await fate.meet("setMuted") { try await rows.setMuted(isMuted, mute) }
    }
}

extension MortalCollection: NoticeChannelRows {
    func hurry(_ channel: NoticeChannelID, at time: Date) async throws {
        try await fate.meet("hurry") { try await rows.hurry(channel, at: time) }
    }

    func noticeChannels() async throws -> [NoticeChannel] { try await rows.noticeChannels() }

    func put(
        _ channel: NoticeChannel, replacing earlier: NoticeChannel?, secrets: [FreshlySealed]
    ) async throws -> Bool {
        try await fate.meet("putChannel") { try await rows.put(channel, replacing: earlier, secrets: secrets) }
    }

    func deleteChannel(_ id: NoticeChannelID) async throws {
        try await fate.meet("deleteChannel") { try await rows.deleteChannel(id) }
    }

    func deliveries(of channel: NoticeChannelID, since time: Date) async throws -> [NoticeDelivery] {
        try await rows.deliveries(of: channel, since: time)
    }

    func begin(_ delivery: NoticeDispatch, tries: Int, until next: Date) async throws -> [NoticeTelling] {
        try await fate.meet("beginDelivery") { try await rows.begin(delivery, tries: tries, until: next) }
    }

    func keep(_ told: [NoticeID: JSON], of delivery: NoticeDispatch) async throws {
        try await fate.meet("keepDelivery") { try await rows.keep(told, of: delivery) }
    }

    func end(_ delivery: NoticeDispatch, _ outcome: DeliveryOutcome, at time: Date) async throws {
        try await fate.meet("endDelivery") { try await rows.end(delivery, outcome, at: time) }
    }

    func failures(of channel: NoticeChannelID) async throws -> DeliveryFailures {
        try await rows.failures(of: channel)
    }

    func disable(_ channel: NoticeChannelID, because sentence: String, at time: Date) async throws {
        try await fate.meet("disableChannel") { try await rows.disable(channel, because: sentence, at: time) }
    }

    func enable(_ channel: NoticeChannelID, disabledAt time: Date) async throws {
        try await fate.meet("enableChannel") { try await rows.enable(channel, disabledAt: time) }
    }
}

extension MortalCollection: RunRows {
    func run(_ id: RunID) async throws -> Run? { try await rows.run(id) }

    func runs(of connection: ConnectionID?, before later: RunID?, limit: Int) async throws -> [Run] {
        try await rows.runs(of: connection, before: later, limit: limit)
    }

    func standingRuns(of connection: ConnectionID?) async throws -> [ConnectionID: [Run]] {
        try await rows.standingRuns(of: connection)
    }

    func openRuns(limit: Int) async throws -> [Run] { try await rows.openRuns(limit: limit) }

    func request(_ run: RequestedRun) async throws -> Run {
        try await fate.meet("request") { try await rows.request(run) }
    }

    func requestCancel(_ id: RunID, at time: Date) async throws -> Run {
        try await fate.meet("requestCancel") { try await rows.requestCancel(id, at: time) }
    }

    func present<Result: Sendable>(
        as worker: WorkerID, _ work: @Sendable () async throws -> Result
    ) async throws -> Result {
        try await rows.present(as: worker, work)
    }

    func take(_ id: RunID, as worker: WorkerID, until: Date, at time: Date) async throws -> TakenRun {
        try await fate.meet("take") { try await rows.take(id, as: worker, until: until, at: time) }
    }

    func renew(_ lease: RunLease) async throws -> Bool {
        try await fate.meet("renew") { try await rows.renew(lease) }
    }

    func begin(_ lease: RunLease, stages: [RunProgress.Stage], spawns: [Spawn], everything: Bool) async throws {
        try await fate.meet("begin") {
            try await rows.begin(lease, stages: stages, spawns: spawns, everything: everything)
        }
    }

    func tasks(
        of lease: RunLease, excluding: Set<Int64>, holding ways: Set<String>, at time: Date, limit: Int
    ) async throws -> TaskSupply {
        try await rows.tasks(of: lease, excluding: excluding, holding: ways, at: time, limit: limit)
    }

    func commit(_ steps: [TaskStep], under lease: RunLease, at time: Date) async throws -> CommitReceipt {
        try await fate.meet("commit") { try await rows.commit(steps, under: lease, at: time) }
    }

    func finish(
        _ lease: RunLease, _ state: RunState, _ ending: RunEnding, reconciling: Set<String>, at time: Date
    ) async throws -> Run {
        try await fate.meet("finish") {
            try await rows.finish(lease, state, ending, reconciling: reconciling, at: time)
        }
    }

    func failures(of run: RunID, limit: Int) async throws -> [TaskFailure] {
        try await rows.failures(of: run, limit: limit)
    }
}

extension MortalCollection: RecordRows {
    func prepare(_ schema: ConnectorSchema, of connector: String) async throws {
        try await fate.meet("prepare") { try await rows.prepare(schema, of: connector) }
    }

    func catalog() async throws -> [StoredEntity] { try await rows.catalog() }

    func tallies() async throws -> [RecordTally] { try await rows.tallies() }

    func write(_ records: [Record], of connection: ConnectionID, at time: Date) async throws -> WriteCounts {
        try await fate.meet("write") { try await rows.write(records, of: connection, at: time) }
    }

    func write<Chunks: AsyncSequence & Sendable>(
        lines: Chunks, as entity: String, of connection: ConnectionID, at time: Date
    ) async throws -> WriteCounts where Chunks.Element == [UInt8] {
        try await fate.meet("writeLines") { try await rows.write(lines: lines, as: entity, of: connection, at: time) }
    }

    func search(_ query: RecordQuery) async throws -> RecordPage { try await rows.search(query) }

    func count(_ query: RecordQuery, by path: FieldPath?, limit: Int) async throws -> [CountGroup] {
        try await rows.count(query, by: path, limit: limit)
    }

    func record(_ ref: Ref, of connection: ConnectionID) async throws -> FoundRecord? {
        try await rows.record(ref, of: connection)
    }

    func changes(of connection: ConnectionID, after sequence: Int64, limit: Int) async throws -> [RecordChange] {
        try await rows.changes(of: connection, after: sequence, limit: limit)
    }

    func select(
        _ sql: String, each: @escaping @Sendable (_ columns: [String], _ row: [JSON]) throws -> Bool
    ) async throws -> [String] {
        try await rows.select(sql, each: each)
    }
}
