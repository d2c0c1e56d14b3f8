internal import MaxClient
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxSetup
internal import MaxWire

extension ProjectHub {
    func recording(named word: String) async throws -> RecordingBody {
        RecordingBody(try await engines.recording(named: word))
    }

    func diagnosis(of connection: ConnectionBody) async throws -> DiagnosisBody {
        try await engines.diagnosis(of: desk.rows.connection(named: connection.id))
    }
}

extension ServerHub {
    func recording(named word: String) async throws -> RecordingBody { try await client.recording(word) }

    func diagnosis(of connection: ConnectionBody) async throws -> DiagnosisBody {
        try await client.diagnosis(of: connection.id)
    }
}
