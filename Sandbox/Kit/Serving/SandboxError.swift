/// Why a sandbox could not be opened, as a sentence for the person who started it.
package enum SandboxError: Error, Equatable, CustomStringConvertible {
    /// A size that is none; the example is one that is.
    case unreadableSize(String, example: String)
    case flakyOutOfRange(Double)
    case folderUnusable(path: String, reason: String)
    case cannotListen(host: String, port: Int, reason: String)
    case worldDiffers(path: String, recorded: String, asked: String)

    package var description: String {
        switch self {
        case .unreadableSize(let text, let example):
            "“\(text)” is no size: write small, medium, large or counts such as \(example)."
        case .flakyOutOfRange(let share):
            "The share of flaky answers must lie between 0 and 1; \(share) does not."
        case .folderUnusable(let path, let reason):
            "The sandbox cannot keep its data in \(path): \(reason)."
        case .cannotListen(let host, let port, let reason):
            "The sandbox cannot listen on \(host), port \(port): \(reason)."
        case .worldDiffers(let path, let recorded, let asked):
            "The sandbox in \(path) holds another world (\(recorded)) than the one asked for (\(asked)). "
                + "Leave seed and size out to open it, or name another folder."
        }
    }
    /// Whether an option could not be meant, rather than something went wrong.
    package var isOption: Bool {
        switch self {
        case .unreadableSize, .flakyOutOfRange: true
        case .folderUnusable, .cannotListen, .worldDiffers: false
        }
    }
}
