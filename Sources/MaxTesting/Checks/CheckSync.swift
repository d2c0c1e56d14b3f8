internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxVault

extension Trial {
    func checkPlan() async throws {
        try await collect { bench, connection in
            let installed = try install(connection, at: bench)
            let mistakes = installed.planMistakes.map(\.sentence)
            try require(mistakes.isEmpty, expected: "a sound plan", found: mistakes.joined(separator: "; "))
        }
    }

    func checkFirstSync() async throws {
        try await collect { bench, connection in
            let first = try await bench.firstSync(connection)
            try require(!first.snapshot.records.isEmpty, expected: "records", found: "none")
            let (seen, stored) = (first.run.progress.records, first.snapshot.records.count)
            try require(seen >= stored, expected: "each of \(stored) records to be counted", found: "\(seen)")
            for stage in first.run.progress.stages where stage.totals == stage.known && stage.known > 0 {
                try require(
                    stage.records == stage.total, at: stage.title, expected: "the \(stage.total) records promised",
                    found: "\(stage.records)")
            }
        }
    }

    /// Checks that every field that a record carries itself is told by a loader at least once, that one which is not
    /// optional is told always, and that nothing is told which is not of its kind.
    func checkFields() async throws {
        try await collect { bench, connection in
            let first = try await bench.firstSync(connection)
            let misfits = first.run.progress.misfits.keys.sorted().joined(separator: ", ")
            try require(misfits.isEmpty, expected: "values of their fields' kinds", found: "others in \(misfits)")
            for entity in connector.schema.entities.map({ $0.definition }) {
                let fields = entity.fields.filter { !$0.isCollection }
                guard !fields.isEmpty else { continue }
                let records = first.snapshot.records(of: entity.name)
                try require(!records.isEmpty, expected: "a record of \(entity.name) at the double", found: "none")
                for field in fields { try requireTold(field, of: entity, in: records) }
            }
        }
    }

    private func requireTold(_ field: Field, of entity: EntityDef, in records: [Ref: Snapshot.Content]) throws {
        let untold = records.filter { $0.value.fields[field.name] == nil }.keys.map(\.description).min()
        let isTold = records.contains { $0.value.fields[field.name] != nil }
        try require(
            isTold, expected: "\(entity.name).\(field.name) to be told, even if as null", found: "no record with it")
        guard !field.traits.contains(.optional) else { return }
        let empty = records.filter { $0.value.fields[field.name] == .null }.keys.map(\.description).min()
        try require(
            untold == nil && empty == nil, expected: "\(entity.name).\(field.name), which is not optional, always",
            found: "none in \(untold ?? empty ?? "")")
    }

    func checkNothingChanged() async throws {
        try await collect { bench, connection in
            let first = try await bench.firstSync(connection)
            let before = bench.outbound.effort
            let again = try await bench.syncWhole(connection)
            let effort = bench.outbound.effort - before
            for (entity, count) in again.progress.counts {
                try require(
                    count.added + count.changed + count.gone == 0, expected: "no change of \(entity)",
                    found: "\(count.added) added, \(count.changed) changed, \(count.gone) gone")
            }
            let difference = try await bench.snapshot(of: connection).difference(from: first.snapshot)
            try require(difference == nil, expected: "the same records", found: difference ?? "")
            let most = first.effort.idle(withFeed: try !install(connection, at: bench).plan.feeds.isEmpty)
            try require(effort.isWithin(most), expected: "at most \(most)", found: "\(effort)")
        }
    }

    private func install(_ connection: Connection, at bench: CollectionBench) throws -> InstalledConnector {
        let vault = bench.setup.vault
        let credentials = vault.credentials(of: connection.id, staged: false, purpose: "conformance")
        let upstream = bench.outbound.upstream(UpstreamRoute(connector: connector.about, hosts: []))
        return try connector.install(
            connection.config, version: connection.configVersion, CredentialProvider(credentials), upstream)
    }
}

extension Field {
    fileprivate var isCollection: Bool { if case .collection = kind { true } else { false } }
}
