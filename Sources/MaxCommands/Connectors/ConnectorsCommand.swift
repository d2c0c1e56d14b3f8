internal import ArgumentParser
internal import MaxEngines
internal import MaxHub
internal import MaxWire

/// `max connectors`: what can be connected.
struct ConnectorsCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "connectors", abstract: "List what can be connected, and how.")

    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withDesk { desk in
            var broken: [Broken] = []
            let plans = try await desk.engines.plans { broken.append(Broken(name: $0, reason: Failure($1).message)) }
            let bodies = plans.map { ConnectorBody($0) }
            if output.json { return desk.printer.json(Reply(connectors: bodies, broken: broken)) }
            desk.printer.table(
                [["NAME", "PROVIDER", "HOW", "TIER", "CAN BE ADDED"]]
                    + bodies.map {
                        [$0.name, $0.displayName, $0.way, $0.tier, $0.reason ?? "yes"]
                    } + broken.map { [$0.name, "", "", "", "no: \($0.reason)"] })
        }
    }

    private struct Reply: Encodable {
        let connectors: [ConnectorBody]
        let broken: [Broken]
    }

    /// A connector that cannot be used, and why.
    private struct Broken: Encodable {
        let name: String
        let reason: String
    }
}

extension ConnectorBody {
    /// How it is connected, for people.
    fileprivate var way: String {
        switch modality {
        case "static_secret": "by a token or password"
        case "browser_bound": "in a browser"
        case "local_device": "on a device"
        case "provider_authorization": "on the provider's page"
        case "upload": "by a file"
        default: "nothing to ask"
        }
    }
}
