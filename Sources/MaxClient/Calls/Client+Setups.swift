package import MaxWire

extension Client {
    /// How a setup stands, as an agent sees it: no secret has a place in it.
    package typealias SetupStanding = SetupStandingBody<AgentViewBody>

    /// Begins to add an account of a connector, or to mend a connection.
    package func startSetup(_ request: SetupRequestBody) async throws -> SetupStanding {
        try await ask(.post("setups", body: request))
    }

    /// The setups that can be gone on with.
    package func setups() async throws -> [SetupBody] { try await all(.get("setups")) }

    /// How a setup stands now.
    package func setup(_ id: String) async throws -> SetupStanding { try await ask(.get("setups", id)) }

    /// Answers the question at hand.
    package func answerSetup(_ id: String, _ answer: SetupAnswerBody) async throws -> SetupStanding {
        try await ask(.post("setups", id, "answer", body: answer))
    }

    /// Goes back to the question that was answered last.
    package func goBack(in id: String, from revision: Int) async throws -> SetupStanding {
        try await ask(.post("setups", id, "back", body: SetupBackBody(revision: revision)))
    }

    /// Ends a setup without a trace.
    package func cancelSetup(_ id: String) async throws {
        _ = try await exchange.send(.delete("setups", id))
    }

    /// Another single-use link to the question that waits for the owner.
    package func ownerLink(of id: String) async throws -> OwnerLinkBody {
        try await ask(.post("setups", id, "owner-link", body: Nothing()))
    }

    /// What a setup shows, now and whenever that changes; the last event is `setup` with a finished one, or `ended`.
    package func setupEvents(_ id: String) -> EventFeed { feed(.get("setups", id, "events")) }
}
