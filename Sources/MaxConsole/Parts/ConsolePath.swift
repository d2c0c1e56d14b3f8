internal import Foundation
internal import MaxHub

/// The addresses of the console's pages.
enum ConsolePath {
    static func connection(_ slug: String) -> String { "/connections/\(slug.escapedInPath)" }
    static func setup(_ id: SessionID) -> String { "/setups/\(id.rawValue.escapedInPath)" }
    static func run(_ id: RunID) -> String { "/runs/\(id.rawValue.escapedInPath)" }

    static func table(_ entity: String, of slug: String) -> String {
        "\(connection(slug))/records/\(entity.escapedInPath)"
    }

    static func record(_ id: String, _ entity: String, of slug: String) -> String {
        "\(table(entity, of: slug))/\(id.escapedInPath)"
    }

    /// A path with parameters; those without a value are left out.
    static func query(_ path: String, _ parameters: [(String, String?)]) -> String {
        let given = parameters.compactMap { name, value in
            value.flatMap { $0.isEmpty ? nil : "\(name)=\($0.escapedInPath)" }
        }
        return given.isEmpty ? path : "\(path)?\(given.joined(separator: "&"))"
    }

    /// The path to go to after signing in: one of this server, whatever a link says; otherwise the first page.
    static func inside(_ next: String?) -> String {
        guard let next, next.hasPrefix("/"), !next.hasPrefix("//"), next.utf8.count <= 2048,
            next.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\\") })
        else { return "/" }
        return next
    }
}
