internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxSetup

extension Trial {
    /// Checks that each question, gone back to and passed again, finds what was answered.
    func checkBackAndForth() async throws {
        try await run { bench in
            var reply = try await bench.owner.start()
            var passed: Set<String> = []
            while reply.view.isPlainQuestion {
                if let question = reply.view.question, reply.view.canGoBack, passed.insert(question).inserted {
                    reply = try await goBackAndForth(from: reply, at: bench)
                }
                reply = try await bench.owner.answer(reply)
            }
            _ = try await bench.requireConnected(reply)
        }
    }

    private func goBackAndForth(from reply: SetupReply, at bench: SetupBench) async throws -> SetupReply {
        let earlier = try await bench.owner.back(from: reply)
        if case .form(let form) = earlier.view {
            for field in form.fields {
                let isKept =
                    field.spec.isSecret ? field.isHeld : field.value == reply.session.state.answers[field.spec.name]
                try require(
                    isKept, at: form.step.title, expected: "“\(field.spec.name)” to be kept", found: "nothing")
            }
        }
        var unhurried = bench.owner
        unhurried.secrets = [:]
        let target = reply.view.question
        let again = try await unhurried.go(on: unhurried.answer(earlier)) { $0.question == target }
        try require(
            again.view.question == target, at: again.view.title,
            expected: "to come to “\(reply.view.title ?? "")” again", found: again.view.summary)
        return again
    }

    func checkCancellation() async throws {
        try await Workplace.onDisk { place in
            try await run(at: place) { bench in
                let reply = try await halfway(at: bench)
                try await bench.service.cancel(reply.session.id)
                try await bench.requireNothing()
            }
        }
    }

    func checkExpiry() async throws {
        try await Workplace.onDisk { place in
            try await run(at: place) { bench in
                let reply = try await halfway(at: bench)
                place.clock.advance(by: SetupSession.idleLifetime + 1)
                do {
                    _ = try await bench.service.view(reply.session.id)
                    throw Shortfall(expected: "the setup to be gone", found: "it still answers")
                } catch let error as MaxError where error.code == .setupEnded {}
                try await bench.service.sweep()
                try await bench.requireNothing()
            }
        }
    }

    /// Leaves a setup when every secret is given and the account is not connected yet.
    private func halfway(at bench: SetupBench) async throws -> SetupReply {
        let owner = script.account.isEmpty ? bench.owner : try bench.owner(meeting: .wrongSecret)
        let needed = Set(script.account.keys)
        var reply = try await owner.start()
        while reply.view.isPlainQuestion, needed.isEmpty || !needed.isSubset(of: reply.session.state.held) {
            if needed.isEmpty { return reply }
            reply = try await owner.answer(reply)
        }
        try require(
            reply.view.finish == nil, at: reply.view.title, expected: "an unfinished setup", found: reply.view.summary)
        return reply
    }
}
