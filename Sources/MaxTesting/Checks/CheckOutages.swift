internal import MaxCore
internal import MaxHub
internal import MaxSetup

extension Trial {
    /// Checks that an answer nobody can use is told, stores nothing and ends nothing.
    func checkOutage(_ fault: ProviderFault, isRetryable: Bool) async throws {
        try await run { bench in
            let reply = try await bench.owner(meeting: fault).connect()
            try await requireOutage(reply, at: bench, isRetryable: isRetryable)
            let mended = try await bench.owner.mend(reply)
            if mended.view.finish == nil {
                // The question it came to is the address, which a double cannot change: the secret stays as it is.
                try await requireOutage(mended, at: bench, isRetryable: isRetryable)
                try await bench.service.cancel(mended.session.id)
                try await bench.requireNothing()
                _ = try await bench.connect()
            } else {
                _ = try await bench.requireConnected(mended)
            }
        }
    }

    func checkSlowProvider() async throws {
        try await run { bench in
            let slow = try bench.owner(meeting: .slow)
            _ = try await bench.requireConnected(slow.connect(), secrets: slow.secrets)
        }
    }

    /// Checks a provider that hangs, with less patience than in earnest.
    func checkSilentProvider() async throws {
        let place = Workplace.inMemory()
        let session = try await run(at: place, patience: .milliseconds(300)) { bench in
            let reply = try await bench.owner(meeting: .hang).connect()
            try await requireOutage(reply, at: bench, isRetryable: true)
            return reply.session.id
        }
        try await run(at: place) { bench in
            let reply = try await bench.service.view(session)
            _ = try await bench.requireConnected(bench.owner.mend(reply))
        }
    }

    private func requireOutage(_ reply: SetupReply, at bench: SetupBench, isRetryable: Bool) async throws {
        let problem = try await bench.requireProblem(reply)
        let isAsExpected = isRetryable ? problem.kind == .retryable : problem.kind != .auth
        try require(
            isAsExpected, at: reply.view.title,
            expected: isRetryable ? "something to try again" : "a problem that is not the secret's",
            found: reply.view.summary)
    }
}
