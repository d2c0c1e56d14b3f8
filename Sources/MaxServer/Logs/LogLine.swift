package import Foundation
package import Logging

/// A log with a line for each event, for people or for programs.
///
/// Whatever a value holds, it stays on its line: control characters are shown as escapes, in both forms.
package struct LogLine: LogHandler {
    package var metadata: Logger.Metadata = [:]
    package var logLevel = Logger.Level.info
    private let form: ServerSettings.LogForm
    private let now: @Sendable () -> Date
    private let write: @Sendable (String) -> Void

    /// Creates a log.
    ///
    /// - Parameter write: Takes a whole line with its line break.
    package init(
        _ form: ServerSettings.LogForm, now: @escaping @Sendable () -> Date,
        write: @escaping @Sendable (String) -> Void
    ) {
        self.form = form
        self.now = now
        self.write = write
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }.filter { !$0.key.hasPrefix("hb.") }
            .sorted { $0.key < $1.key }.map { ($0.key, "\($0.value)") }
        let time = now().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        let known = [("time", time), ("level", event.level.rawValue), ("message", event.message.description)]
        switch form {
        case .json:
            let members = (known + fields).map { "\($0.0.jsonText):\($0.1.jsonText)" }
            write("{\(members.joined(separator: ","))}\n")
        case .text:
            let words = known.map(\.1) + fields.map { "\($0.0)=\($0.1.contains(" ") ? $0.1.jsonText : $0.1.visible)" }
            write(words.map(\.visible).joined(separator: " ") + "\n")
        }
    }
}

extension String {
    /// The text as JSON, on one line and in ASCII but for letters.
    fileprivate var jsonText: String {
        let text = unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            default: scalar.isSafeInLog ? String(scalar) : scalar.escaped
            }
        }.joined()
        return "\"\(text)\""
    }

    /// The text with escapes in place of whatever would leave the line or hide on it.
    fileprivate var visible: String {
        unicodeScalars.map { $0.isSafeInLog ? String($0) : $0.escaped }.joined()
    }
}

extension Unicode.Scalar {
    /// Whether it shows as itself.
    fileprivate var isSafeInLog: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: false
        default: true
        }
    }

    /// The escape of JSON (RFC 8259, section 7).
    fileprivate var escaped: String {
        String(self).utf16.map { "\\u" + String(String(UInt32($0) + 0x1_0000, radix: 16).dropFirst()) }.joined()
    }
}
