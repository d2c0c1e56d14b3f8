internal import ArgumentParser
internal import Foundation
internal import Logging
internal import MaxAccess
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxServer
internal import MaxStore
internal import MaxSync
internal import MaxTerminal

/// `max serve`: the server of a project.
struct ServeCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Serve the console and the API, and carry out syncs.",
        discussion: """
            Each option has a setting of the environment that it overrides; Documentation/Settings.md tells of all. \
            Ctrl-C stops the server when what is under way is at a safe point; Ctrl-C again, at once.
            """)

    @Option(help: ArgumentHelp("The address to listen on; 127.0.0.1:7117 otherwise.", valueName: "host:port"))
    var listen: String?
    @Option(help: ArgumentHelp("Where people find the server, when that is elsewhere.", valueName: "url"))
    var publicUrl: String?
    @Option(help: ArgumentHelp("A certificate in PEM to encrypt with.", valueName: "file"))
    var tlsCertificate: String?
    @Option(help: ArgumentHelp("Its private key in PEM.", valueName: "file"))
    var tlsKey: String?
    @Flag(help: "A proxy of your own stands before Max: take its word for where requests come from.")
    var trustProxy = false
    @Option(help: ArgumentHelp("The form of the log: text or json.", valueName: "form"))
    var log: String?

    private var options: ServerOptions {
        var options = ServerOptions()
        (options.listen, options.publicURL, options.log) = (listen, publicUrl, log)
        (options.certificate, options.key, options.trustsProxy) = (tlsCertificate, tlsKey, trustProxy)
        return options
    }

    func run(in program: Program) async throws {
        let settings = try ServerSettings(program.settings.environment, options)
        try await program.withDesk(creating: true) { desk in
            guard let project = desk.project else { return }
            try await ServerSeat(folder: project.privateFolder).holding { announce in
                try await Serving(desk: desk, settings: settings).run(announce)
            }
        }
    }
}

/// A server from its beginning to its end.
struct Serving: Sendable {
    let desk: Desk
    let settings: ServerSettings

    /// Serves until the process is asked to end.
    ///
    /// - Parameter announce: Told of the address once there is one.
    func run(_ announce: @escaping @Sendable (String) -> Void) async throws {
        let drain = LogDrain(to: .standardError)
        do {
            try await serve(announce, logger(to: drain))
        } catch {
            await drain.settle()
            throw error
        }
        await drain.settle()
    }

    private func serve(_ announce: @escaping @Sendable (String) -> Void, _ logger: Logger) async throws {
        logger.info("starting", metadata: ["settings": "\(settings.summary)"])
        let keeper = RunKeeper(try desk.engines.sync())
        let bulletin = Bulletin(desk.engines)
        let server = Server(
            desk.engines, access: desk.access, settings: settings, bulletin: bulletin, keeper: keeper,
            notices: try desk.engines.noticeKeeper(),
            deliveries: try desk.engines.deliveryKeeper(home: settings.publicOrigin?.description),
            routes: try Faces.all(desk, bulletin, settings), logger: logger)
        try await Interrupts.withSignals(endingOnSecond: true) { signals in
            try await server.run { port in
                let origin = settings.origin(onPort: port)
                // Whoever learns the address may ask for a link of their own, which is the newer one then.
                await greet(origin)
                announce(origin.description)
            } until: {
                for await _ in signals {
                    logger.info("stopping")
                    return
                }
            }
        }
    }

    /// Tells where the server is, and how to become its owner when nobody is.
    private func greet(_ origin: ServerOrigin) async {
        desk.printer.line("Max is at \(origin)")
        if settings.isOverheard {
            desk.say(
                "Other machines can open it, and what is typed there travels unencrypted: give it a certificate with "
                    + "--tls-certificate and --tls-key, or put a proxy before it.")
        }
        do {
            if try await desk.access.hasOwner() { return }
            let link = origin.link("/welcome/\(try await desk.access.makeWelcomeLink().text)")
            desk.printer.line("Open \(link) to choose a passphrase. The link works once.")
        } catch {
            let reason = (error as? MaxError)?.message ?? "The store cannot be written."
            desk.say("There is no link to choose a passphrase with: \(reason) Mend that, then run max owner reset.")
        }
    }

    private func logger(to drain: LogDrain) -> Logger {
        let (form, now) = (settings.log, desk.program.surroundings.now)
        return Logger(label: "max") { _ in LogLine(form, now: now, write: drain.take) }
    }
}
