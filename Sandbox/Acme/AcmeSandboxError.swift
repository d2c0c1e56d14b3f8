/// Why a sandbox could not be opened, as a sentence for the person who started it.
package enum AcmeSandboxError: Error, Equatable, CustomStringConvertible {
    case unreadableSize(String)
    case flakyOutOfRange(Double)
    case folderUnusable(path: String, reason: String)
    case cannotListen(host: String, port: Int, reason: String)
    case worldDiffers(path: String, recorded: String, asked: String)

    package var description: String {
        switch self {
        case .unreadableSize(let text):
            "“\(text)” is no size: write small, medium, large or counts such as users=20,projects=5,tasks=100."
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
}
