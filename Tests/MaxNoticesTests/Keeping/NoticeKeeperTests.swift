import Foundation
import MaxConnector
import MaxCore
import MaxHub
import MaxNotices
import MaxStore
import Synchronization
import Testing

struct NoticeKeeperTests {
    private static let refused = Scene(runs: [.failed], problem: .refused, failures: 1, isRefused: true)

    @Test func `what is so is told once, over restarts, and over when it is not so any more`() async throws {
        try await KeptProject.with(Self.refused) { project in
            try await project.look()
            #expect(project.told == ["needs_attention"])
            try await project.look()
            project.restart()
            try await project.look()
            #expect(project.told == ["needs_attention"])
            project.scene = Scene()
            try await project.look()
            #expect(project.told == ["needs_attention", "first_sync"])
            #expect(try await project.open() == ["first_sync/con_one"])
        }
    }

    @Test func `a refusal that comes and goes is told once`() async throws {
        try await KeptProject.with(Self.refused) { project in
            for hour in 0..<12 {
                project.now = now + Double(hour) * 3600
                project.scene = hour.isMultiple(of: 2) ? Self.refused : Scene()
                try await project.look()
            }
            #expect(project.told.filter { $0 == "needs_attention" }.count == 1)
        }
    }

    @Test func `a sync that is under way changes nothing`() async throws {
        try await KeptProject.with(Self.refused) { project in
            try await project.look()
            project.scene.runs = [.running, .failed]
            try await project.look()
            #expect(try await project.open() == ["needs_attention/con_one/-/reconnect"])
            project.scene.runs = [.failed]
            try await project.look()
            #expect(project.told == ["needs_attention"])
        }
    }

    @Test func `a credential's end is told three times on the way there`() async throws {
        var scene = Scene(runs: [.requested])
        scene.expiresIn = 20 * day
        try await KeptProject.with(scene) { project in
            for moment in [0, 6.5, 7, 12, 13.5, 14, 19.5, 20] {
                project.now = now + moment * day
                try await project.look()
            }
            #expect(project.told == ["expiring", "expiring", "expiring"])
        }
    }

    @Test func `a clock that jumps a year ahead and back takes no warning away`() async throws {
        var scene = Scene(runs: [.requested])
        scene.expiresIn = 10 * day
        try await KeptProject.with(scene) { project in
            try await project.look()
            project.now = now + 365 * day
            try await project.look()
            project.now = now + 60
            try await project.look()
            #expect(try await project.open().map { $0.hasSuffix("/14") } == [true])
            #expect(project.told == ["expiring", "expiring"])
            project.now = now + 9.5 * day
            try await project.look()
            #expect(project.told == ["expiring", "expiring", "expiring"])
        }
    }

    @Test func `time alone tells, as soon as its time has come`() async throws {
        var scene = Scene(runs: [.requested])
        scene.expiresIn = 15 * day
        try await KeptProject.with(scene) { project async throws in
            #expect(try await project.look() == now + day)
            project.now = now + day
            #expect(try await project.look() == now + 8 * day)
            #expect(project.told == ["expiring"])
        }
    }

    @Test func `it looks when something was stored, and not before`() async throws {
        try await KeptProject.with(Scene(runs: [.requested])) { project in
            let keeper = project.keeper(pace: .init(glance: .milliseconds(2), look: .seconds(600), rest: 0))
            let task = Task { await keeper.run() }
            defer { task.cancel() }
            try await project.reach { $0.looks >= 1 }
            let looks = project.looks
            project.scene = Self.refused
            #expect(project.told == [])
            try await project.store.rename(ConnectionID(rawValue: "con_one"), label: "Dana", slug: nil)
            try await project.reach { !$0.told.isEmpty }
            #expect(project.told == ["needs_attention"])
            #expect(project.looks > looks)
            task.cancel()
            await task.value
        }
    }

    @Test func `a thousand connections that are well are asked about once`() async throws {
        try await KeptProject.with(Self.refused) { project in
            try await project.look()
            project.crowd = 1000
            try await project.look()
            let mark = try await project.store.mark()
            try await project.look()
            #expect(try await project.store.mark() == mark)
        }
    }
}

/// A project with one connection, whose notices are kept.
final class KeptProject: Sendable {
    let store: SQLiteStore
    private let state: Mutex<State>

    private struct State: Sendable {
        var scene: Scene
        var now: Date
        var told: [String] = []
        var memory = NoticeMemory()
        var looks = 0
        var crowd = 0
    }

    private init(store: SQLiteStore, _ scene: Scene) {
        self.store = store
        state = Mutex(State(scene: scene, now: MaxNoticesTests.now))
    }

    /// Runs `body` with a project whose connection is like that.
    static func with(_ scene: Scene, _ body: (KeptProject) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "max-notices-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try SQLiteStore(folder: folder)
        defer { store.close() }
        let connection = scene.report.connection
        let session = SetupSession(
            id: SessionID(rawValue: "set_one"), connector: "acme", purpose: .add, connection: connection.id, name: nil,
            createdAt: MaxNoticesTests.now, expiresAt: MaxNoticesTests.now + day)
        try await store.insert(session)
        let run = RequestedRun(
            id: RunID(rawValue: "run_one"), connection: connection.id, requestedAt: MaxNoticesTests.now)
        try await store.activate(
            Activation(session: session, connection: connection, replaces: false, run: run))
        try await body(KeptProject(store: store, scene))
    }

    var scene: Scene {
        get { state.withLock { $0.scene } }
        set { state.withLock { $0.scene = newValue } }
    }
    var now: Date {
        get { state.withLock { $0.now } }
        set { state.withLock { $0.now = newValue } }
    }
    /// How many other connections there are, all well.
    var crowd: Int {
        get { state.withLock { $0.crowd } }
        set { state.withLock { $0.crowd = newValue } }
    }
    /// The kinds of what was told, in its order.
    var told: [String] { state.withLock { $0.told } }
    /// How often the facts were asked for.
    var looks: Int { state.withLock { $0.looks } }

    /// What is open, by its keys.
    func open() async throws -> [String] { try await store.openNotices().keys.map(\.rawValue).sorted() }

    /// Looks once, as the keeper does.
    @discardableResult
    func look() async throws -> Date? {
        var memory = state.withLock { $0.memory }
        let next = try await keeper().look(&memory)
        state.withLock { [memory] in $0.memory = memory }
        return next
    }

    /// Forgets what a process forgets when it ends.
    func restart() { state.withLock { $0.memory = NoticeMemory() } }

    func keeper(pace: NoticeKeeper.Pace = .init()) -> NoticeKeeper {
        let surroundings = Surroundings(now: { self.now }, word: Surroundings.real.word)
        return NoticeKeeper(
            notices: store, changes: store, surroundings: surroundings, pace: pace, facts: { self.facts() },
            tell: { notices in self.state.withLock { $0.told += notices.map(\.kind.rawValue) } })
    }

    private func facts() -> NoticeFacts {
        state.withLock { state in
            state.looks += 1
            let crowd = (0..<state.crowd).map { Scene(id: "con_\($0)").report }
            return NoticeFacts(connections: [state.scene.report] + crowd)
        }
    }

    /// Waits until something is so.
    func reach(_ condition: (KeptProject) -> Bool) async throws {
        while !condition(self) { try await Task.sleep(for: .milliseconds(1)) }
    }
}
