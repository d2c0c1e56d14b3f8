import Foundation
import MaxCore
import PseudoTerminal
import Testing

extension Outcome {
    /// The one JSON object on standard output; refuses anything else there, and any JSON among the words for people.
    ///
    /// - Parameter code: The exit code that the run has to have ended with.
    func reply(_ code: Int32, sourceLocation place: SourceLocation = #_sourceLocation) throws -> JSON {
        #expect(status == .exited(code), "\(out)\n\(err)", sourceLocation: place)
        let lines = out.split(separator: "\n")
        try #require(lines.count == 1, "standard output: \(out)\nstandard error: \(err)", sourceLocation: place)
        #expect(!err.contains("{\""), "standard error: \(err)", sourceLocation: place)
        let json = try JSON(parsing: Data(lines[0].utf8))
        try #require(json.object != nil, "\(json)", sourceLocation: place)
        return json
    }

    /// The error of a run that has to have failed so: its sentence must be there.
    func refusal(_ code: Int32, sourceLocation place: SourceLocation = #_sourceLocation) throws -> JSON {
        let error = try #require(try reply(code, sourceLocation: place)["error"], sourceLocation: place)
        let message = try #require(error["message"]?.string, sourceLocation: place)
        #expect(".?".contains(message.last ?? " "), "\(message)", sourceLocation: place)
        return error
    }
}

extension JSON {
    /// The value at the end of a path of names, as in `json.at("connection.id")`.
    func at(_ path: String) -> JSON? {
        path.split(separator: ".").reduce(JSON?.some(self)) { value, name in
            guard let index = Int(name) else { return value?[String(name)] }
            return value?.array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
        }
    }
}
