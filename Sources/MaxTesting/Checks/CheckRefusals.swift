internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxSetup

extension Trial {
    /// Checks that the provider's refusal of a secret is told and leads back to the secret.
    func checkRefusal(_ fault: ProviderFault) async throws {
        guard !script.account.isEmpty else { return }
        try await run { bench in
            let faulty = try bench.owner(meeting: fault)
            let asked = try await faulty.go(on: faulty.start()) { !$0.secrets.isEmpty }
            let reply = try await faulty.go(on: asked)
            let problem = try await bench.requireProblem(reply)
            let step = reply.view.title
            try require(
                problem.kind == .auth, at: step, expected: "a refused secret",
                found: "the problem “\(problem.sentence ?? "")”, which is \(problem.kind.rawValue)")
            try require(
                problem.sentence?.contains(connector.about.displayName) == true, at: step,
                expected: "\(connector.about.displayName) to be named", found: "“\(problem.sentence ?? "")”")
            try require(
                problem.field.map(reply.view.secrets.contains) == true, at: step,
                expected: "the secret to be asked again", found: reply.view.summary)
            for (field, value) in asked.session.state.answers {
                try require(
                    reply.session.state.answers[field] == value, at: step, expected: "“\(field)” to be kept",
                    found: reply.session.state.answers[field]?.text ?? "nothing")
            }
            _ = try await bench.requireConnected(bench.owner.mend(reply))
        }
    }

    func checkBlankSecret() async throws {
        try await withSecretQuestion { bench, asked in
            let step = asked.view.title
            let before = bench.requests.lines.count
            var reply = asked
            for blank in ["", "   ", "\t\r\n"] {
                let given = asked.view.secrets.map { ($0, GivenValue.secret(SecretValue(blank))) }
                reply = try await bench.owner.giveUnasked(given, to: reply)
                let sealed = try await bench.store.secrets(of: reply.session.connection).count
                try require(sealed == 0, at: step, expected: "a blank secret not to be stored", found: "\(sealed)")
                guard asked.requiresSecret else { return }
                try require(
                    reply.view.question == asked.view.question && reply.view.problem?.sentence != nil, at: step,
                    expected: "the secret to be asked again", found: reply.view.summary)
            }
            let calls = bench.requests.lines.count - before
            try require(calls == 0, at: step, expected: "nobody to be called", found: "\(calls) requests")
            _ = try await bench.requireConnected(bench.owner.mend(reply))
        }
    }

    func checkPastedLineBreak() async throws {
        try await withSecretQuestion { bench, asked in
            var pasting = bench.owner
            pasting.secrets = pasting.secrets.mapValues { " \($0)\r\n" }
            let reply = try await pasting.answer(asked)
            try require(
                !reply.session.state.notices.isEmpty, at: asked.view.title,
                expected: "the removed line break to be mentioned", found: "nothing said")
            _ = try await bench.requireConnected(pasting.go(on: reply))
        }
        try await withSecretQuestion { bench, asked in
            var pasting = bench.owner
            pasting.secrets = pasting.secrets.mapValues { "\u{FEFF}\u{A0}\($0)\u{200B}\u{2003}" }
            _ = try await bench.requireConnected(pasting.go(on: asked))
        }
    }

    func checkOtherKindOfSecret() async throws {
        try await withSecretQuestion { bench, asked in
            guard case .form(let form) = asked.view else { return }
            for spec in form.fields.map(\.spec) where spec.isSecret {
                guard let pattern = spec.pattern else { continue }
                var reply = asked
                for other in Self.otherSecrets where !pattern.matches(other) {
                    reply = try await give(other, for: spec.name, on: reply, at: bench)
                }
                _ = try await bench.requireConnected(bench.owner.mend(reply))
                return
            }
        }
    }

    /// Gives a secret of another kind, which is to be recognised before anybody is called.
    private func give(
        _ other: String, for field: String, on asked: SetupReply, at bench: SetupBench
    ) async throws -> SetupReply {
        var mistaken = bench.owner
        mistaken.secrets[field] = other
        let before = bench.requests.lines.count
        let reply = try await mistaken.answer(asked)
        let problem = try await bench.requireProblem(reply)
        try require(
            problem.field == field, at: asked.view.title, expected: "a problem at “\(field)”",
            found: reply.view.summary)
        let calls = bench.requests.lines.count - before
        try require(calls == 0, at: asked.view.title, expected: "nobody to be called", found: "\(calls) requests")
        return reply
    }

    /// A pass phrase, a password, and secrets in the shapes that well-known providers give them.
    private static var otherSecrets: [String] {
        [
            "correct horse battery staple", "Tr0ub4dor&3", "abcd efgh ijkl mnop", "xoxb-000000000000-" + letters(24),
            "ghp_" + letters(36), "github_pat_" + letters(22) + "_" + letters(59), letters(16), letters(43),
            "https://example.com/token",
        ]
    }

    private static func letters(_ count: Int) -> String {
        String(repeating: "aB3dE5gH", count: count / 8 + 1).prefix(count).description
    }

    /// Goes to the first form that asks for a secret; does nothing for a connector without one.
    private func withSecretQuestion(_ work: (SetupBench, SetupReply) async throws -> Void) async throws {
        guard !script.account.isEmpty else { return }
        try await run { bench in
            let asked = try await bench.owner.go(on: bench.owner.start()) { !$0.secrets.isEmpty }
            try require(
                !asked.view.secrets.isEmpty, at: asked.view.title, expected: "a question for a secret",
                found: asked.view.summary)
            try await work(bench, asked)
        }
    }
}

extension SetupReply {
    /// Whether the form at hand cannot do without a secret.
    fileprivate var requiresSecret: Bool {
        guard case .form(let form) = view else { return false }
        return form.fields.contains { $0.spec.isSecret && $0.spec.required && !$0.isHeld }
    }
}
