package import MaxWire

extension Client {
    /// What happened in a sync or setup: by its id, the beginning of that, or `last`.
    package func recording(_ word: String) async throws -> RecordingBody { try await ask(.get("recordings", word)) }

    /// What is known of a connection and its machine, fit to be shown to anybody.
    package func diagnosis(of connection: String) async throws -> DiagnosisBody {
        try await ask(.get("connections", connection, "diagnosis"))
    }
}
