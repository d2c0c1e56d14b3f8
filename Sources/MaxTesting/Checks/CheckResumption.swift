internal import MaxCore
internal import MaxHub
internal import MaxSetup

extension Trial {
    /// More writes than any setup makes.
    private static var mostWrites: Int { 200 }

    /// Checks that a process killed before or after any write of a setup leaves nothing, or the setup at the same
    /// question, or the connected account; and that the setup then goes on to the end.
    func checkKillAndResume() async throws {
        let trail = try await trail()
        for write in 1...Self.mostWrites {
            for moment in PlannedCrash.Moment.allCases {
                let crash = PlannedCrash(write: write, moment: moment)
                guard try await resumes(after: crash, on: trail) else { return }
            }
        }
        throw Shortfall(expected: "an end", found: "more than \(Self.mostWrites) writes")
    }

    /// The questions of an undisturbed setup in their order; nil stands for the end.
    private func trail() async throws -> [String?] {
        try await run { bench in
            var reply = try await bench.owner.start()
            var trail = [reply.view.question]
            while reply.view.isPlainQuestion {
                reply = try await bench.owner.answer(reply)
                trail.append(reply.view.question)
            }
            _ = try await bench.requireConnected(reply)
            return trail
        }
    }

    /// Kills one setup, opens everything anew and finishes it.
    ///
    /// - Returns: False when the setup was over before the crash came.
    private func resumes(after crash: PlannedCrash, on trail: [String?]) async throws -> Bool {
        try await Workplace.onDisk { place in
            let (questions, wasKilled) = try await run(at: place, crash: crash) { try await answerUntilKilled(at: $0) }
            guard wasKilled else { return false }
            do {
                try await run(at: place) { try await finish(at: $0, after: questions, on: trail) }
            } catch {
                let shortfall = Shortfall(error)
                throw Shortfall(
                    at: shortfall.step, expected: shortfall.expected,
                    found: "\(shortfall.found), after the end came \(crash.moment.rawValue) write \(crash.write)")
            }
            return true
        }
    }

    /// How many questions were shown before the process was killed.
    private func answerUntilKilled(at bench: SetupBench) async throws -> (questions: Int, wasKilled: Bool) {
        var questions = 0
        do {
            var reply = try await bench.owner.start()
            questions = 1
            while reply.view.isPlainQuestion {
                reply = try await bench.owner.answer(reply)
                questions += 1
            }
            try require(
                !bench.store.hasCrashed, at: reply.view.title, expected: "a failed write to be passed on",
                found: reply.view.summary)
            return (questions, false)
        } catch {
            guard bench.store.hasCrashed else { throw error }
            return (questions, true)
        }
    }

    private func finish(at bench: SetupBench, after questions: Int, on trail: [String?]) async throws {
        let setups = try await bench.service.unfinished()
        let connections = try await bench.store.connections()
        switch (setups.count, connections.count) {
        case (0, 0):
            try require(questions == 0, expected: "the setup to be there still", found: "nothing")
            try await bench.requireNothing()
        case (0, 1):
            try require(
                questions == trail.count - 1, expected: "an account to be connected at the last question only",
                found: "it is after \(questions) questions")
            _ = try await bench.requireWhole(connections[0].id, secrets: script.account)
        case (1, 0):
            let reply = try await bench.service.resume(setups[0].id)
            let possible = trail[max(0, questions - 1)...min(questions, trail.count - 1)]
            try require(
                possible.contains(reply.view.question), at: reply.view.title,
                expected: "the question at which it was left", found: reply.view.summary)
            _ = try await bench.requireConnected(bench.owner.go(on: reply))
        default:
            throw Shortfall(
                expected: "a setup or a connection",
                found: "\(setups.count) × the one and \(connections.count) × the other")
        }
    }
}
