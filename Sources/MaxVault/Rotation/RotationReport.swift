package import MaxHub

/// What a rotation did.
package struct RotationReport: Sendable, Hashable {
    /// Whether it finished one that had been interrupted, instead of making a new master key.
    package var isContinuation = false
    /// The id of the master key in use at the end.
    package var currentKey: String
    /// How many connections got a new data key.
    package var connections = 0
    /// How many secrets were sealed anew.
    package var secrets = 0
    /// The ids of the master keys that were dropped.
    package var droppedKeys: [String] = []
    /// The ids of older master keys that the owner may remove, because max cannot change where they come from.
    package var removableKeys: [String] = []
    /// The connections whose secrets could not be read and stay as they are, and why.
    package var skipped: [ConnectionID: String] = [:]

    /// Whether anything is other than it was.
    var isChange: Bool { connections > 0 || !droppedKeys.isEmpty }
}

/// A step of a rotation, as it is done.
package enum RotationStep: Sendable, Hashable {
    /// A rotation that was interrupted is taken up.
    case continuing
    /// A new master key is in force.
    case madeMasterKey(String)
    /// A connection has a new data key.
    case rekeyed(ConnectionID, secrets: Int)
    /// A connection's secrets could not be read; the sentence says why.
    case skipped(ConnectionID, String)
    /// Master keys that nothing needs any more were dropped.
    case droppedMasterKeys([String])
}
