internal import CHeap
package import Hummingbird
internal import HummingbirdCore
package import Logging
package import MaxAccess
package import MaxEngines
internal import MaxHub
package import MaxNotices
internal import MaxSetup
package import MaxSync
internal import NIOCore
internal import ServiceLifecycle

/// The one server of a project: its faces on one port, the keeper of its syncs, and what watches both.
package struct Server: Sendable {
    private let engines: Engines
    private let access: AccessService
    private let settings: ServerSettings
    private let keeper: RunKeeper?
    private let notices: NoticeKeeper?
    private let deliveries: DeliveryKeeper?
    private let bulletin: Bulletin?
    private let responder: FloorResponder
    private let logger: Logger

    /// Puts a server together.
    ///
    /// - Parameters:
    ///   - bulletin: What tells the faces' listeners the news; nil where nobody listens.
    ///   - keeper: What carries out the syncs that are asked for; nil where somebody else does.
    ///   - notices: What tells the owner what they have to know; nil where nobody does.
    ///   - deliveries: What sends that to wherever the owner wants it; nil where nobody does.
    ///   - routes: The faces; of two that own a path the first tells what goes wrong there.
    package init(
        _ engines: Engines, access: AccessService, settings: ServerSettings, bulletin: Bulletin? = nil,
        keeper: RunKeeper? = nil, notices: NoticeKeeper? = nil, deliveries: DeliveryKeeper? = nil,
        routes: [any ServerRoutes], logger: Logger = .silent
    ) {
        self.engines = engines
        self.access = access
        self.settings = settings
        self.keeper = keeper
        self.notices = notices
        self.deliveries = deliveries
        self.bulletin = bulletin
        self.logger = logger
        let ledger = Ledger(logger: logger)
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        HealthRoutes(
            engines: engines, readiness: Readiness(engines, access: access), ledger: ledger,
            metricsToken: settings.metricsToken
        ).add(to: router)
        for face in routes { face.add(to: router) }
        responder = FloorResponder(
            reading: RequestReading(settings), asking: AskerReading(access: access),
            router: router.buildResponder(), map: RouteMap(router), faces: routes,
            surroundings: engines.surroundings, ledger: ledger)
    }

    /// The server as it answers, without what works beside it.
    ///
    /// - Parameter onRunning: Told of the port once there is one.
    /// - Throws: ``MaxCore/MaxError`` with code `certificate_unusable`.
    package func application(
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
    ) throws -> Application<FloorResponder> {
        var quiet = logger
        quiet.logLevel = max(.warning, logger.logLevel)
        return Application(
            responder: responder, server: try .listener(settings),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port), serverName: nil,
                availableConnectionsDelegate: .maximum(settings.limits.connections, logger: quiet)),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? settings.port) },
            logger: quiet)
    }

    /// Answers until `stop` returns; then what is under way has a while to come to its end.
    ///
    /// - Parameters:
    ///   - onRunning: Told of the port once there is one.
    ///   - stop: Returns when the server shall stop; cancelling the task instead breaks everything off.
    /// - Throws: ``MaxCore/MaxError`` with code `port_taken`, `address_missing`, `port_forbidden` or `certificate_unusable`.
    package func run(
        onRunning: @escaping @Sendable (_ port: Int) async -> Void = { _ in },
        until stop: @escaping @Sendable () async -> Void
    ) async throws {
        heap_bound_arenas(2)
        let groups = [
            group(of: [try application(onRunning: onRunning)]),
            group(
                of: [
                    keeper.map { keeper in Watch { await keeper.run() } },
                    notices.map { notices in Watch { await notices.run() } },
                    deliveries.map { deliveries in Watch { await deliveries.run() } },
                    bulletin.map { bulletin in Watch { await bulletin.run() } }, Watch { await sweep() },
                    Watch { await giveBack() },
                ].compactMap(\.self)),
        ]
        do {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for group in groups { tasks.addTask { try await group.run() } }
                tasks.addTask {
                    await stop()
                    for group in groups { await group.triggerGracefulShutdown() }
                }
                defer { tasks.cancelAll() }
                for _ in 0...groups.count { try await tasks.next() }
            }
        } catch let error as IOError {
            throw settings.listeningFailed(error)
        } catch is SocketAddressError.UnknownHost { throw settings.listeningFailed }
    }

    private func group(of services: [any Service]) -> ServiceGroup {
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0, successTerminationBehavior: .gracefullyShutdownGroup) },
            logger: logger)
        configuration.maximumGracefulShutdownDuration = settings.limits.drain
        return ServiceGroup(configuration: configuration)
    }

    /// Removes what is over: setups that nobody goes on with, sessions, links, agents.
    private func sweep() async {
        while !Task.isCancelled {
            try? await engines.setup.sweep()
            try? await access.sweep()
            try? await Task.sleep(for: .seconds(60))
        }
    }

    /// Gives memory back that the answers of a busy moment took.
    private func giveBack() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(10))
            heap_give_back()
        }
    }
}

/// Work beside the server that is cancelled when it stops.
private struct Watch: Service {
    let work: @Sendable () async -> Void

    func run() async throws { await cancelWhenGracefulShutdown { await work() } }
}
