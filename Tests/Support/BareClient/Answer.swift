internal import Foundation
package import SandboxKit

/// What came back, taken apart at the empty line.
package struct Answer: Sendable {
    package let status: Int
    /// The headers by their names in lower case.
    package let headers: [String: String]
    package let body: [UInt8]

    /// The connection ended, or the reader had enough, before the head of an answer was whole.
    package struct HeadMissing: Error {}

    init(_ bytes: [UInt8]) throws {
        guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { throw HeadMissing() }
        let lines = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ")
        guard words.count > 1, let status = Int(words[1]) else { throw HeadMissing() }
        self.status = status
        let pairs = lines.dropFirst().compactMap { line in
            line.firstIndex(of: ":").map { colon in
                (line[..<colon].lowercased(), line[colon...].dropFirst().trimmingCharacters(in: .whitespaces))
            }
        }
        headers = Dictionary(pairs) { one, other in one + ", " + other }
        body = Array(bytes[end.upperBound...])
    }

    package var text: String { String(decoding: body, as: UTF8.self) }
    package var json: JSONValue { get throws { try JSONDecoder().decode(JSONValue.self, from: Data(body)) } }
}

extension JSONValue {
    package subscript(_ name: String) -> JSONValue {
        if case .object(let members) = self { members[name] ?? .null } else { .null }
    }

    package var text: String { if case .string(let text) = self { text } else { "" } }
    package var list: [JSONValue] { if case .array(let elements) = self { elements } else { [] } }
}
