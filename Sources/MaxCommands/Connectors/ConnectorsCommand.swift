internal import ArgumentParser
internal import MaxWire

/// `max connectors`: what can be connected.
struct ConnectorsCommand: Command {
    static let configuration = CommandConfiguration(
        commandName: "connectors", abstract: "List what can be connected, and how.")

    @OptionGroup var place: PlaceOption
    @OptionGroup var output: OutputOptions

    func run(in program: Program) async throws {
        try await program.withHub(place) { hub in
            let (usable, broken) = try await hub.connectors()
            if output.json { return program.printer.json(Reply(connectors: usable, broken: broken)) }
            program.printer.table(
                [["NAME", "PROVIDER", "HOW", "TIER", "CAN BE ADDED"]]
                    + usable.map {
                        [$0.name, $0.displayName, $0.way, $0.tier, $0.reason ?? "yes"]
                    } + broken.map { [$0.name, "", "", "", "no: \($0.reason)"] })
        }
    }

    private struct Reply: Encodable {
        let connectors: [ConnectorBody]
        let broken: [BrokenConnector]
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
