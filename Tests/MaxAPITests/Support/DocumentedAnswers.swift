import Foundation
import HTTPTypes
import MaxCore
import Testing

@testable import MaxAPI

extension Reply {
    /// Expects that the document tells of such an answer: its status, its media type and the shape of its body.
    func expectDocumented(
        _ method: HTTPRequest.Method, _ uri: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let path = uri.prefix { $0 != "?" }
        guard let operation = Document.json.operation(method, String(path)) else {
            let isDocument = path == Document.path && [200, 304].contains(status)
            #expect(isDocument || [404, 405].contains(status), "\(method) \(path)", sourceLocation: sourceLocation)
            return
        }
        let responses = try #require(operation["responses"])
        let response = responses["\(status)"] ?? responses["\(status / 100)XX"]
        let told = try #require(response, "\(method) \(path): \(status)", sourceLocation: sourceLocation)
        guard let content = told["content"]?.object else {
            #expect(text.isEmpty, sourceLocation: sourceLocation)
            return
        }
        let schema = try #require(content[mediaType]?["schema"], "\(mediaType)", sourceLocation: sourceLocation)
        guard mediaType != "text/event-stream" else { return }
        #expect(schema.misfits(of: json) == [], "\(method) \(path)", sourceLocation: sourceLocation)
    }
}

extension JSON {
    /// The operation of a path in an OpenAPI document.
    func operation(_ method: HTTPRequest.Method, _ path: String) -> JSON? {
        let parts = path.split(separator: "/")
        let candidates = (self["paths"]?.object ?? [:]).filter { template, _ in
            let names = template.split(separator: "/")
            return names.count == parts.count && zip(names, parts).allSatisfy { $0 == $1 || $0.hasPrefix("{") }
        }
        // As with the router, a name goes before a parameter.
        let best = candidates.min { $0.key.filter { $0 == "{" }.count < $1.key.filter { $0 == "{" }.count }
        return best?.value[method.rawValue.lowercased()]
    }

    /// Where a value is not as this JSON Schema says: a plain reading of the words that the document uses.
    func misfits(of value: JSON, at place: String = "$") -> [String] {
        if self == true { return [] }
        if let reference = self["$ref"]?.string {
            let name = reference.split(separator: "/").last.map(String.init) ?? ""
            return Document.json["components"]?["schemas"]?[name]?.misfits(of: value, at: place) ?? [
                "\(place): \(name)"
            ]
        }
        if let choices = self["anyOf"]?.array {
            return choices.contains { $0.misfits(of: value, at: place).isEmpty } ? [] : ["\(place): none of anyOf"]
        }
        guard let type = self["type"]?.string else { return [] }
        guard value.isA(type) else { return ["\(place): \(value.text.prefix(80)) is no \(type)"] }
        if let words = self["enum"]?.array, !words.contains(value) { return ["\(place): \(value.text)"] }
        if let least = self["minimum"]?.number, let number = value.number, number < least {
            return ["\(place): \(number)"]
        }
        let elements = value.array ?? []
        let ofElements = elements.enumerated().flatMap { self["items"]?.misfits(of: $1, at: "\(place)[\($0)]") ?? [] }
        return ofElements + misfits(ofMembers: value.object ?? [:], at: place)
    }

    private func misfits(ofMembers members: [String: JSON], at place: String) -> [String] {
        let properties = self["properties"]?.object ?? [:]
        let missing = (self["required"]?.array ?? []).compactMap(\.string).filter { members[$0] == nil }
        return missing.map { "\(place).\($0) is missing" }
            + members.flatMap { name, value -> [String] in
                if let schema = properties[name] { return schema.misfits(of: value, at: "\(place).\(name)") }
                if self["additionalProperties"] == false { return ["\(place).\(name) is not told of"] }
                return self["additionalProperties"]?.misfits(of: value, at: "\(place).\(name)") ?? []
            }
    }

    private func isA(_ type: String) -> Bool {
        switch type {
        case "string": string != nil
        case "integer": integer != nil
        case "number": number != nil
        case "boolean": bool != nil
        case "array": array != nil
        case "object": object != nil
        case "null": isNull
        default: false
        }
    }
}
