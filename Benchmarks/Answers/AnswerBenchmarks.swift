internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHTTP
internal import MaxHub
internal import MaxSetup
internal import MaxStore

extension Benchmark {
    /// From an answer to the next question, with everything in between on the disk.
    static let answering = [
        answer("answer of a setup, half of them secrets", target: .p99(.milliseconds(5))) { _ in true },
        answer("… with plain data") { $0 == .plain },
        answer("… with a secret") { $0 == .secret },
        answer("… the last, which checks and activates") { $0 == .last },
    ]

    /// The answers that a setup consists of.
    private enum Answer {
        case plain
        case secret
        case last
    }

    private static func answer(
        _ name: String, target: Target? = nil, counting counts: @escaping @Sendable (Answer) -> Bool
    ) -> Benchmark {
        Benchmark(name, beside: "smallest write of the store", target: target) {
            try await Workbench.using { try await answers($0, counting: counts) }
        }
    }

    /// Runs 200 setups of ten answers, half of them secrets.
    private static func answers(_ bench: Workbench, counting counts: (Answer) -> Bool) async throws -> Measurement {
        let engine = bench.engine
        var measurement = Measurement()
        for account in 1...200 {
            var reply = try await engine.start(Survey.name)
            while case .form(let form) = reply.view {
                let answer = form.answer(of: account)
                let work = try await time {
                    reply = try await engine.answer(reply.session.id, revision: reply.session.revision, answer)
                }
                let reference = try await time { try await bench.store.writeLittle() }
                if counts(kind(of: form, before: reply.view)) { measurement.add(work: work, reference: reference) }
            }
        }
        return measurement
    }

    private static func kind(of form: FormView, before next: FlowView) -> Answer {
        guard case .form = next else { return .last }
        return form.fields.contains(where: \.spec.isSecret) ? .secret : .plain
    }
}

extension Workbench {
    fileprivate var engine: SetupService {
        SetupService(
            registry: Survey.registry, connections: store, sessions: store, attempts: store, keeper: vault,
            upstreams: Outbound(), sandboxes: NoSandboxes(), surroundings: .real)
    }
}

extension SQLiteStore {
    /// Writes one line in one transaction: what being durable costs here.
    func writeLittle() async throws {
        try await audit([AuditEntry(at: .now, action: .open, connection: nil, field: nil, purpose: "benchmark")])
    }
}

extension FormView {
    /// An answer to every question, different for every account.
    fileprivate func answer(of account: Int) -> FlowAnswer {
        .submit(
            Dictionary(
                uniqueKeysWithValues: fields.map { field in
                    let text = "\(field.spec.name) of account \(account)"
                    return (field.spec.name, field.spec.isSecret ? .secret(SecretValue(text)) : .plain(.string(text)))
                }))
    }
}
