internal import MaxClient
internal import MaxCore
internal import MaxTerminal

extension Program {
    /// Opens whatever a command asks: the server that was named, else the project at hand, else the one server that somebody
    /// logged in to.
    ///
    /// - Parameter creating: Whether to make a project here when there is nothing else.
    func withHub<Result: Sendable>(
        _ place: PlaceOption, creating: Bool = false, _ work: @Sendable (any Hub) async throws -> Result
    ) async throws -> Result {
        guard let (server, login) = try meantServer(place) else {
            return try await withDesk(creating: creating) { try await work(ProjectHub(desk: $0)) }
        }
        return try await Client.with(server, token: login) { client in
            try await work(ServerHub(client: client, program: self))
        }
    }

    /// Whether a command is answered by a server; false too where that cannot be told.
    func isAfar(_ place: PlaceOption) -> Bool { (try? meantAddress(place, ServerBook(settings))) ?? nil != nil }

    /// The server that is meant, with the token for it; nil when the project at hand is.
    private func meantServer(_ place: PlaceOption) throws -> (ServerAddress, SecretValue)? {
        let book = ServerBook(settings)
        guard let server = try meantAddress(place, book) else { return nil }
        let isNamed = place.server ?? settings.server != nil
        if !isNamed, terminal.isInteractive { terminal.say("\("At \(server.description)", .dim)") }
        return (server, try book.token(for: server))
    }

    private func meantAddress(_ place: PlaceOption, _ book: ServerBook) throws -> ServerAddress? {
        if let named = place.server ?? settings.server { return try ServerAddress(named) }
        return try Project.find(settings) == nil ? book.only() : nil
    }

    /// Says a line for people, with each command in it as they have to type it.
    func say(_ line: StyledText) { terminal.say(line.mapping(settings.calledAs.spell)) }
}
