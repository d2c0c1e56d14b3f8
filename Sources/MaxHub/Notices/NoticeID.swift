/// The unguessable name of a notice, such as `ntc_4k…`.
package struct NoticeID: RawRepresentable, Sendable, Hashable, Codable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    /// Makes a new one.
    package init(in surroundings: Surroundings) { rawValue = "ntc_" + surroundings.word() }
}

/// The unguessable name of a channel that notices are sent through, such as `chn_4k…`.
package struct NoticeChannelID: RawRepresentable, Sendable, Hashable, Codable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    /// Makes a new one.
    package init(in surroundings: Surroundings) { rawValue = "chn_" + surroundings.word() }
}

/// The unguessable name of a message that is sent through a channel, the same at every try, such as `msg_4k…`.
package struct NoticeMessageID: RawRepresentable, Sendable, Hashable, Codable {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    /// Makes a new one.
    package init(in surroundings: Surroundings) { rawValue = "msg_" + surroundings.word() }
}
