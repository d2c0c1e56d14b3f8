internal import Foundation
internal import MaxConnector
package import MaxCore

/// The short names people type for connections, such as `shop-dana`.
package enum Slug {
    /// The word that means every connection where one could be named.
    private static let everything = "all"

    /// Checks a name the owner chose.
    ///
    /// - Parameter connectors: The names of the connectors, each of which means all of its connections.
    /// - Throws: ``MaxCore/MaxError`` with code `name_invalid`.
    package static func check(_ name: String, besides connectors: [String]) throws(MaxError) {
        guard name != everything else {
            throw MaxError(
                "name_invalid", "\(name.quoted) means every connection, and cannot be the name of one.",
                fix: "Choose another name.")
        }
        guard !connectors.contains(name) else {
            throw MaxError(
                "name_invalid", "\(name.quoted) means every connection to it, and cannot be the name of one.",
                fix: "Choose another name, such as \(name)-work.")
        }
        guard (try? #/[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?/#.wholeMatch(in: name)) != nil else {
            throw MaxError(
                "name_invalid", "\(name.quoted) cannot be the name of a connection.",
                fix: "Use lower-case letters, digits and dashes, such as mail-work.")
        }
    }

    /// Makes a name from a connector and what an account is called: `shop` and `dana@shop.test` give `shop-dana`.
    static func make(connector: String, identity: Identity?) -> String {
        let name = identity?.label.split(separator: "@").first.map(String.init) ?? ""
        let plain = name.folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil)
        let words = plain.split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
        let tail = words.joined(separator: "-").prefix(24)
        return tail.isEmpty ? connector : "\(connector)-\(tail)".trimmingCharacters(in: ["-"])
    }
}
