internal import Foundation
internal import MaxCore
package import MaxHub

extension Engines {
    /// The transcript of a run or a setup, with how it began and ended.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `recording_not_found`.
    package func recording(of subject: String) async throws -> Recording {
        let store = try requireStore()
        let run = try await store.run(RunID(rawValue: subject))
        if let recording = try await store.recording(of: subject) {
            return run.map { recording.framed(by: $0) } ?? recording
        }
        // A run that never got as far as to store anything has its beginning and its end all the same.
        if let run {
            let key = RecordingKey(run.id, of: run.connection)
            return Recording(key: key, beganAt: run.startedAt ?? run.requestedAt, lost: 0, events: []).framed(by: run)
        }
        throw MaxError.nothingRecorded(subject)
    }

    /// The transcript people mean: by the id of a run or setup, the beginning of that, or `last`.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `recording_not_found` or `recording_ambiguous`.
    package func recording(named word: String) async throws -> Recording {
        let store = try requireStore()
        if word == "last" {
            let newest = try await store.recorded(beginningWith: "", limit: 1).first
            guard let newest else {
                throw MaxError(.recordingNotFound, "Nothing was recorded yet.", fix: "Run max sync first.")
            }
            return try await recording(of: newest.subject)
        }
        var found: [RecordingKey] = []
        for prefix in ["", "run_", "set_"] {
            found += try await store.recorded(beginningWith: prefix + word, limit: 3)
        }
        let exact = found.first { $0.subject == word }
        guard exact != nil || found.count <= 1 else {
            throw MaxError(
                "recording_ambiguous", "Several syncs or setups begin with \(word.quoted).",
                fix: "Give more of it; see max runs.")
        }
        return try await recording(of: (exact ?? found.first)?.subject ?? word)
    }
}

extension Recording {
    /// The same between the beginning and the end that its run's row tells.
    fileprivate func framed(by run: Run) -> Recording {
        let start = run.startedAt ?? run.requestedAt
        var began = RecordedEvent(.began, run.scope.mode.rawValue, at: start)
        began.outcome = run.scope.only.isEmpty ? nil : "limited"
        var ends: [RecordedEvent] = []
        if let endedAt = run.endedAt {
            var end = RecordedEvent(.ended, run.state.rawValue, at: endedAt)
            end.outcome = run.ending?.problem.map { RecordedEvent.name($0.code) }
            ends = [end]
        }
        return Recording(key: key, beganAt: start, lost: lost, events: [began] + events + ends)
    }
}

extension MaxError {
    fileprivate static func nothingRecorded(_ word: String) -> MaxError {
        MaxError(
            .recordingNotFound, "There is no recording of a sync or setup \(word.quoted).",
            fix: "See max runs; recordings are kept of the newest.")
    }
}
