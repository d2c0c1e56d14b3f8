import SandboxKit

/// An API key as it is written: `acme_`, 32 lower-case hex digits and, for a fault key, `_` and the fault.
struct AcmeKey: Sendable, Equatable {
    /// The key without its fault.
    let base: String
    let fault: AcmeFault?

    /// Reads a presented key; nil is no key of Acme's.
    init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 64, text.hasPrefix("acme_") else { return nil }
        let rest = text.dropFirst(5)
        let digits = rest.prefix(32)
        guard digits.utf8.count == 32, digits.utf8.allSatisfy(Hex.isLowercaseDigit) else { return nil }
        let suffix = rest.dropFirst(32)
        if suffix.isEmpty {
            fault = nil
        } else {
            guard suffix.first == "_", let named = AcmeFault(rawValue: String(suffix.dropFirst())) else { return nil }
            fault = named
        }
        base = "acme_" + digits
    }

    /// Writes a base key from two random or derived numbers.
    static func text(_ high: UInt64, _ low: UInt64) -> String {
        "acme_" + Hex.text(high, digits: 16) + Hex.text(low, digits: 16)
    }
}
