internal import MaxCore
internal import MaxHub

extension Trial {
    func checkAddition() async throws {
        try await collect { bench, connection in
            let first = try await bench.firstSync(connection)
            let added = try await changes().add()
            try require(
                first.snapshot.records[added.ref] == nil, expected: "\(added.ref) to be new", found: "it from before")
            _ = try await bench.syncWhole(connection)
            try await bench.requireStored(added, of: connection)
        }
    }

    func checkEdit() async throws {
        try await collect { bench, connection in
            let first = try await bench.firstSync(connection)
            let edited = try await changes().edit()
            let before = first.snapshot.records[edited.ref]
            try require(
                before.map { $0.difference(from: edited) != nil } == true,
                expected: "\(edited.ref) to be there, and another than before",
                found: before == nil ? "no such record" : "the same")
            let run = try await bench.syncWhole(connection)
            try await bench.requireStored(edited, of: connection)
            let changed = run.progress.counts[edited.ref.entity]?.changed ?? 0
            try require(changed > 0, expected: "a change to be counted", found: "none")
        }
    }

    func checkDeletion() async throws {
        try await collect { bench, connection in
            let first = try await bench.firstSync(connection)
            let gone = try await changes().delete()
            try require(first.snapshot.records[gone] != nil, expected: "\(gone) from before", found: "no such record")
            _ = try await bench.syncWhole(connection)
            let found = try await bench.records.record(gone, of: connection.id)
            guard case .gone? = found else {
                throw Shortfall(expected: "\(gone) to be gone", found: found == nil ? "no trace of it" : "it still")
            }
        }
    }

    private func changes() throws -> ProviderChanges {
        guard let changes = script.changes else {
            throw Shortfall(expected: "the script to have changes to make at the provider", found: "none")
        }
        return changes
    }
}

extension CollectionBench {
    /// Holds a record to be stored with these fields, whatever else it has.
    fileprivate func requireStored(_ record: Record, of connection: Connection) async throws {
        let content = try await snapshot(of: connection).records[record.ref]
        try require(content != nil, expected: "\(record.ref)", found: "no such record")
        let difference = content?.difference(from: record)
        try require(difference == nil, expected: "\(record.ref) as it is at the provider", found: difference ?? "")
    }
}

extension Snapshot.Content {
    /// The first field that has another value than a record's, in a few words; nil when there is none.
    fileprivate func difference(from record: Record) -> String? {
        record.fields.sorted { $0.key < $1.key }.lazy
            .filter { name, value in !(fields[name] ?? .null).isSame(as: value) }
            .map { name, _ in "\(name) as \(fields[name]?.text ?? "nothing")" }.first
    }
}
