package import Logging

extension Logger {
    /// A log that nobody reads.
    package static var silent: Logger { Logger(label: "max") { _ in SwiftLogNoOpLogHandler() } }
}
