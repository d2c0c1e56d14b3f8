/// A piece of an HTML page; text is escaped where it is written, so that no page can forget it.
package indirect enum PageElement: Sendable {
    case text(String)
    case element(String, [String: String], [PageElement])
}

/// Lets a page be written as it is nested.
@resultBuilder
package enum PageBuilder {
    package static func buildExpression(_ element: PageElement) -> [PageElement] { [element] }
    package static func buildExpression(_ text: String) -> [PageElement] { [.text(text)] }
    package static func buildBlock(_ parts: [PageElement]...) -> [PageElement] { parts.flatMap(\.self) }
    package static func buildArray(_ parts: [[PageElement]]) -> [PageElement] { parts.flatMap(\.self) }
    package static func buildOptional(_ part: [PageElement]?) -> [PageElement] { part ?? [] }
    package static func buildEither(first part: [PageElement]) -> [PageElement] { part }
    package static func buildEither(second part: [PageElement]) -> [PageElement] { part }
}

/// Makes an element of a page.
package func tag(
    _ name: String, _ attributes: [String: String] = [:], @PageBuilder _ content: () -> [PageElement] = { [] }
) -> PageElement {
    .element(name, attributes, content())
}

extension PageElement {
    private static let void: Set = ["meta", "link", "input", "br"]

    /// Writes the element as HTML.
    package func write(to html: inout String) {
        switch self {
        case .text(let text): html += PageElement.escaped(text)
        case .element(let name, let attributes, let content):
            html += "<" + name
            for (attribute, value) in attributes.sorted(by: { $0.key < $1.key }) {
                html += " \(attribute)=\"\(PageElement.escaped(value))\""
            }
            html += ">"
            guard PageElement.void.contains(name) == false else { return }
            for child in content { child.write(to: &html) }
            html += "</\(name)>"
        }
    }

    package static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text.unicodeScalars {
            switch character {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(character)
            }
        }
        return escaped
    }
}
