internal import MaxWire

extension ConnectionBody {
    /// How it is, with the command that mends it.
    var line: String { ([standing] + [remedy].compactMap(\.self)).joined(separator: " · ") }

    private var remedy: String? {
        switch health?.action {
        case "reconnect": state == "revoked" ? nil : "max reconnect \(slug)"
        case "resume": "max schedule \(slug) --resume"
        case "sync": "max sync \(slug)"
        default: nil
        }
    }
}
