internal import MaxCore
internal import MaxHub
internal import MaxSetup

extension Trial {
    func checkSameAccountAgain() async throws {
        try await run { bench in
            let connection = try await bench.connect()
            let offer = try await bench.owner.connect()
            try require(
                offer.isAbout(.sameAccount), at: offer.view.title, expected: "the offer to update “\(connection.slug)”",
                found: offer.view.summary)
            let other = try await bench.owner.give(.choose([PlatformAnswer.back.rawValue]), to: offer)
            try require(
                other.view.finish == nil && other.view.problem == nil, at: other.view.title,
                expected: "the question for another account", found: other.view.summary)
            let again = try await bench.owner.go(on: other)
            let updated = try await bench.owner.go(
                on: bench.owner.give(.choose([PlatformAnswer.update.rawValue]), to: again))
            let same = try await bench.requireConnected(updated)
            try require(same.id == connection.id, expected: "the same connection", found: "another one")
            try await requireConnections(1, at: bench)
        }
    }

    func checkFailedRotation() async throws {
        guard !script.account.isEmpty else { return }
        try await run { bench in
            let connection = try await bench.connect()
            let old = Set(try await bench.store.secrets(of: connection.id))
            let faulty = try bench.owner(meeting: .wrongSecret)
            let reply = try await faulty.go(on: faulty.reconnect(connection))
            try require(
                reply.view.problem?.kind == .auth, at: reply.view.title, expected: "a refused secret",
                found: reply.view.summary)
            try await requireUntouched(connection, old, at: bench)
            try await bench.service.cancel(reply.session.id)
            try await requireUntouched(connection, old, at: bench)
            _ = try await bench.requireWhole(connection.id, secrets: script.account)
            let renewed = try await bench.owner.go(on: bench.owner.reconnect(connection))
            _ = try await bench.requireConnected(renewed)
            let new = Set(try await bench.store.secrets(of: connection.id))
            try require(new.isDisjoint(with: old), expected: "the new secret in place of the old", found: "the old one")
        }
    }

    func checkOtherAccount() async throws {
        guard !script.account.isEmpty else { return }
        try await run { bench in
            let connection = try await bench.connect()
            let stranger = bench.stranger
            let offer = try await stranger.go(on: stranger.reconnect(connection))
            try require(
                offer.isAbout(.otherAccount), at: offer.view.title, expected: "the offer to add the account as new",
                found: offer.view.summary)
            let added = try await stranger.go(on: stranger.give(.choose([PlatformAnswer.addNew.rawValue]), to: offer))
            let new = try await bench.requireConnected(added, secrets: script.otherSecrets)
            try require(new.id != connection.id, expected: "a connection of its own", found: "the one there was")
            _ = try await bench.requireWhole(connection.id, secrets: script.account)
            try await requireConnections(2, at: bench)
        }
    }

    /// Holds a connection to work as before, whatever is staged for it.
    private func requireUntouched(
        _ connection: Connection, _ secrets: Set<SealedSecret>, at bench: SetupBench
    ) async throws {
        let now = try await bench.store.secrets(of: connection.id).filter { $0.stage == .active }
        try require(Set(now) == secrets, expected: "the working secret to stay in force", found: "another one")
        let state = try await bench.store.connection(connection.id)?.state
        try require(state == .active, expected: "the connection to stay active", found: "\(state?.rawValue ?? "none")")
    }

    private func requireConnections(_ count: Int, at bench: SetupBench) async throws {
        let found = try await bench.store.connections().count
        try require(found == count, expected: "\(count) × a connection", found: "\(found)")
    }
}

/// A question of the platform's about another connection.
private enum AccountQuestion {
    case sameAccount
    case otherAccount
}

extension SetupReply {
    fileprivate func isAbout(_ question: AccountQuestion) -> Bool {
        guard case .choice(let choice) = view else { return false }
        return switch choice.question {
        case .sameAccount?: question == .sameAccount
        case .otherAccount?: question == .otherAccount
        case .allowHost?, nil: false
        }
    }
}
