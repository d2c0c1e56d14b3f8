package import Foundation
package import MaxCore

/// The place where recordings lie.
package protocol RecordingRows: Sendable {
    /// Adds to a recording, which is begun where there is none; the oldest of it goes where it becomes too long.
    ///
    /// Nothing is kept of a run or setup that is gone.
    func record(_ part: RecordedPart, as key: RecordingKey, at time: Date) async throws
    /// The recording of that run or setup.
    func recording(of subject: String) async throws -> Recording?
    /// The ids of the runs and setups that have a recording and begin with these letters, the newest first; of all
    /// without them.
    func recorded(beginningWith letters: String, limit: Int) async throws -> [RecordingKey]
    /// The ids of a connection's runs and setups that have a recording, the newest first.
    func recorded(of connection: ConnectionID, limit: Int) async throws -> [RecordingKey]
}

extension MaxError.Code {
    /// No run or setup of that id has a recording.
    package static let recordingNotFound: Self = "recording_not_found"
}
