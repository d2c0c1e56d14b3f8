package import MaxCore

/// What a surface says to a conversation.
package enum FlowAnswer: Sendable {
    /// Answers to a form, by field name; a secret left out keeps the one that is held.
    case submit([String: GivenValue])
    /// The values chosen.
    case choose([String])
    /// Other options, please.
    case search(String)
    /// The sandbox shall fill everything in but what is given here.
    case useSandbox(over: [String: GivenValue] = [:])
    /// The same call again.
    case retry
}

/// A value as it was given, before it is checked.
package enum GivenValue: Sendable {
    /// Plain data; text for any kind of field is parsed.
    case plain(JSON)
    /// A secret that has not been text since it was read.
    case secret(SecretValue)
}
