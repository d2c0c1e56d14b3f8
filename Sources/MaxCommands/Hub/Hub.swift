internal import MaxClient
internal import MaxCore
internal import MaxHub
internal import MaxSetup
internal import MaxWire

/// What commands ask, wherever it is answered: by the engines over the project at hand, or by a server from afar.
///
/// Every answer is a body as it is sent, so that a command prints the same wherever it was asked. A command never asks which
/// of the two it speaks to.
protocol Hub: Sendable {
    /// Where it is and how it is there.
    func place() async throws -> HubPlace

    /// Whether somebody is there who syncs and tells notices while nobody asks.
    var isTended: Bool { get }

    /// Refuses what has no meaning where nothing is kept.
    func requireData() async throws

    /// Every connector with its plan, and those that cannot be used.
    func connectors() async throws -> (usable: [ConnectorBody], broken: [BrokenConnector])
    func connector(_ name: String) async throws -> ConnectorBody

    // MARK: Connections

    /// Every connection with how it is, and every setup that is not finished.
    func sources() async throws -> [SourceBody]
    /// The connection people mean by a word.
    func connection(named word: String) async throws -> ConnectionBody
    /// The names of the secrets a connection has; nil where that is not told.
    func secretNames(of connection: ConnectionBody) async throws -> [String]?
    func rename(_ connection: ConnectionBody, _ change: ConnectionChangeBody) async throws -> ConnectionBody
    /// Changes when a connection is synced by itself, or has it left alone.
    func schedule(_ connection: ConnectionBody, _ change: ScheduleChangeBody) async throws -> ConnectionBody
    /// Stops a connection and deletes its secrets.
    func revoke(_ connection: ConnectionBody) async throws
    /// Erases a connection with its data.
    func erase(_ connection: ConnectionBody) async throws

    // MARK: Syncs

    /// The syncs of a connection or of all, the newest first.
    func runs(of connection: ConnectionBody?, atMost most: Int) async throws -> [RunBody]
    func run(_ id: String) async throws -> RunBody
    /// The sync people mean by a word.
    func run(named word: String) async throws -> RunBody
    func cancelRun(_ id: String) async throws -> RunBody
    /// Asks for a sync; one that is asked for or under way already is the answer in its place.
    func requestSync(_ connection: ConnectionBody, _ request: SyncRequestBody) async throws -> RunBody
    /// Sees a requested sync through to its end, here or by whoever carries it out.
    ///
    /// - Parameter see: Told how it stands, where that cannot be looked at with ``glance(at:)``.
    func carryOut(_ run: RunBody, see: @escaping RunWitness) async throws -> RunBody
    /// Watches a sync that somebody else works on to its end.
    func follow(_ run: RunBody, see: @escaping RunWitness) async throws -> RunBody
    /// A sync as it stands, where looking costs nothing; nil elsewhere.
    func glance(at run: String) async throws -> RunBody?
    /// Has a requested sync carried out without this process.
    func leave(_ run: RunBody, of connection: ConnectionBody) async throws

    /// What happened in the sync or setup people mean by a word.
    func recording(named word: String) async throws -> RecordingBody
    /// What is known of a connection and its machine, fit to be shown to anybody.
    func diagnosis(of connection: ConnectionBody) async throws -> DiagnosisBody

    // MARK: Notices

    /// What the owner has to know, the newest first.
    ///
    /// - Parameter isOpen: Whether only those are wanted that are open and not muted.
    func notices(isOpen: Bool, atMost most: Int) async throws -> [NoticeBody]
    /// Notes that the owner read a notice, or all of them when none is named.
    func readNotices(_ id: String?) async throws
    func mutes() async throws -> [NoticeMuteBody]
    /// Mutes a kind of notices, or unmutes it.
    func mute(_ change: NoticeMuteChangeBody) async throws -> [NoticeMuteBody]

    // MARK: Records

    /// What is collected, by the name of a connector, a connection or an entity, or all of it.
    func entities(_ name: String?) async throws -> [EntityBody]
    func records(_ question: RecordQuestion) async throws -> RecordPageBody
    func count(_ question: RecordQuestion, by field: String?) async throws -> CountAnswerBody
    func record(_ ref: String) async throws -> RecordDetailBody
    func changes(_ connection: String, after cursor: String?, atMost most: Int) async throws -> ChangesBody

    // MARK: Setups

    /// The setups that can be gone on with, the newest first.
    func setups() async throws -> [SetupBody]
    func startSetup(_ connector: String, name: String?) async throws -> SetupScene
    /// Begins the setup that mends a connection.
    func startMending(_ connection: ConnectionBody) async throws -> SetupScene
    func setup(_ id: String) async throws -> SetupScene
    func answer(_ scene: SetupScene, _ answer: FlowAnswer, report: SetupReport?) async throws -> SetupScene
    func goBack(from scene: SetupScene) async throws -> SetupScene
    /// Takes a setup up where a call to the provider was under way.
    func resume(_ scene: SetupScene, report: SetupReport?) async throws -> SetupScene
    /// Waits until the owner has taken a step that is theirs.
    func awaitOwner(at scene: SetupScene, report: SetupReport?) async throws -> SetupScene
    /// Ends a setup without a trace, even where the task at hand is cancelled.
    func abandon(_ scene: SetupScene) async
    /// Refuses answers that cannot be given here, such as a secret to a server from afar.
    func check(_ answers: AnswerOptions, _ given: [String: GivenValue], for connector: String) async throws
    /// The words with which people are told of a sandbox; nil where it is not on this machine.
    func sandbox(of connector: String) async throws -> SandboxWords?
}

/// Told how a sync stands.
typealias RunWitness = @Sendable (RunBody) async -> Void

/// Where a hub is.
struct HubPlace: Sendable {
    /// The folder of the project, when it is on this machine.
    var project: String?
    /// The address of the server, when it is not.
    var server: String?
    /// How the vault is, where that is told.
    var vault: String?
}

/// A connector that cannot be used, and why.
struct BrokenConnector: Encodable, Sendable {
    let name: String
    let reason: String
}

/// Where a sandbox answers, and the page with its keys.
struct SandboxWords: Sendable {
    let address: String
    let page: String
}

/// How a setup stands, as a command goes through it.
struct SetupScene: Sendable {
    let setup: SetupBody
    /// The provider's name.
    let provider: String
    let view: View
    /// What was done to answers so far.
    let notices: [String]
    /// The same as a server sent it; nil where it did not.
    var standing: Client.SetupStanding?

    /// What it shows.
    enum View: Sendable {
        case shown(FlowView)
        case owners(OwnersStep)
    }

    /// A step that the owner takes on a page, because it asks for something that does not travel.
    struct OwnersStep: Sendable {
        let title: String
        /// The single-use link.
        let link: String
        /// What was wrong with the last answer.
        let problem: Problem?
        /// The host that the owner's secret goes to, where that is known.
        let destination: String?
        /// How far the last check has climbed.
        let ladder: Ladder?
    }
}

extension SetupScene {
    /// The ladder of a check that was made after an earlier scene; nil when none was.
    func ladder(since earlier: SetupScene) -> Ladder? {
        guard let ladder else { return nil }
        let isKnown = !ladder.isBroken && ladder.unproven == nil && ladder == earlier.ladder
        return isKnown && !earlier.isWorking ? nil : ladder
    }

    var isWorking: Bool { if case .shown(.working) = view { true } else { false } }

    private var ladder: Ladder? {
        switch view {
        case .owners(let step): step.ladder
        case .shown(.form(let form)): form.ladder
        case .shown(.choice(let choice)): choice.ladder
        case .shown(.working(let working)): working.ladder
        case .shown(.finished(let finished)): finished.ladder
        case .shown(.open), .shown(.refused): nil
        }
    }
}
