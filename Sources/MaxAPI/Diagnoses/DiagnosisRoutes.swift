internal import HTTPTypes
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxWire

/// What helps to find out why something went wrong.
enum DiagnosisRoutes {
    static let all = [recording, diagnosis]

    private static let subject = Parameter.path(
        "recording", "The id of a sync or setup, the beginning of that, or `last`.")
    private static let connection = Parameter.path("connection", "The connection's id or short name.")

    private static let recording = Route(
        method: .get, path: "/v1/recordings/{recording}", name: "getRecording",
        summary: "What happened in a sync or a setup: calls, waits, rungs and commits, without a value of anybody's.",
        admission: .scope(.read), parameters: [subject], answer: .value(.shape(.recording))
    ) { call in try .value(RecordingBody(await call.engines.recording(named: call.text(subject)))) }

    private static let diagnosis = Route(
        method: .get, path: "/v1/connections/{connection}/diagnosis", name: "diagnoseConnection",
        summary: "What is known of a connection and its machine, safe to show to anybody.", admission: .scope(.read),
        parameters: [connection], answer: .value(.shape(.diagnosis))
    ) { call in
        let found = try await call.connection(call.text(connection))
        return try .value(await call.engines.diagnosis(of: found))
    }
}
