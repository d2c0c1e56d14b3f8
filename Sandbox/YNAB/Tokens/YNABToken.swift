import SandboxKit

/// A personal access token as it is written: 43 characters of base64url and, for a fault token, `_` and the fault.
struct YNABToken: Sendable {
    /// The token without its fault.
    let base: String
    let fault: YNABFault?

    private static let length = 43
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-")

    /// Reads a presented token; nil is none of YNAB's.
    init?(_ text: some StringProtocol) {
        guard text.utf8.count <= 64, text.utf8.count >= Self.length, text.utf8.allSatisfy({ $0 < 0x80 }) else {
            return nil
        }
        base = String(text.prefix(Self.length))
        let ending = text.dropFirst(Self.length)
        if ending.isEmpty {
            fault = nil
        } else {
            guard ending.first == "_", let named = YNABFault(rawValue: String(ending.dropFirst())) else { return nil }
            fault = named
        }
    }

    /// Draws a base token.
    static func text(_ dice: inout Dice) -> String { String((0..<length).map { _ in dice.pick(alphabet) }) }
}
