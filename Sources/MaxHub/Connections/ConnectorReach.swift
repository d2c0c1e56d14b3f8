package import Foundation
package import MaxConnector
package import MaxCore

extension Egress {
    /// The hosts a connector may call with that config.
    package func hosts(_ config: [String: JSON]) -> [String]? {
        switch self {
        case .hosts(let hosts): hosts
        case .configured(let field): config[field]?.string.flatMap(Self.host).map { [$0] } ?? []
        case .nowhere: []
        }
    }

    /// The host of an address, or of what is a host's name alone.
    private static func host(_ text: String) -> String? {
        if let host = URL(string: text)?.host() { return host }
        let name = text.trimmingCharacters(in: .whitespaces)
        return name.isEmpty || name.contains("/") ? nil : name
    }
}

extension URL {
    /// The host and the port, as in `127.0.0.1:7117`.
    package var authority: String? { host().map { host in port.map { "\(host):\($0)" } ?? host } }
}

extension FieldSpec {
    /// The page on which the owner makes this credential; nil when the connector names none.
    package var creationPage: Problem.Fix? {
        link.map { .link(title: "Create a new \(label.loweringFirst)", url: $0) }
    }
}

extension String {
    /// The text with its first word in lower case, unless that is an abbreviation such as “API”.
    package var loweringFirst: String {
        dropFirst().first?.isUppercase == true ? self : prefix(1).lowercased() + dropFirst()
    }
}
