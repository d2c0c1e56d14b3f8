/// The names of mailboxes as they are written in commands and answers: modified UTF-7 (RFC 3501, section 5.1.3).
enum NameSpelling {
    static func encode(_ name: String) -> String {
        var (output, run) = ("", [UInt16]())
        func flush(_ run: inout [UInt16], _ output: inout String) {
            guard !run.isEmpty else { return }
            let bytes = run.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
            let letters = MailWriter.base64(bytes).prefix { $0 != "=" }
            output += "&" + letters.replacing("/", with: ",") + "-"
            run = []
        }
        for scalar in name.unicodeScalars {
            if (0x20..<0x7f).contains(scalar.value) {
                flush(&run, &output)
                output += scalar == "&" ? "&-" : String(scalar)
            } else {
                run += Array(String(scalar).utf16)
            }
        }
        flush(&run, &output)
        return output
    }

    /// The string as it stands in an answer.
    static func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
