internal import Foundation
package import MaxCore
internal import Synchronization

/// What has been answered so far, read through the config's own properties.
///
/// Reading a property that no earlier step asked for throws; registration rehearses every flow and refuses such a one.
@dynamicMemberLookup
public struct Draft<Config: ConnectorConfig>: Sendable {
    package let values: DraftValues

    package init(_ values: DraftValues) { self.values = values }

    /// The answer for a property of the config.
    public subscript<Value: Decodable>(dynamicMember path: KeyPath<Config, Value>) -> Value {
        get throws { try values.read(fieldName(of: path)) }
    }
}

/// The answers so far by field name.
package struct DraftValues: Sendable {
    package var answers: [String: JSON]
    private let watch: ReadWatch?

    package init(_ answers: [String: JSON], watch: ReadWatch? = nil) {
        self.answers = answers
        self.watch = watch
    }

    func read<Value: Decodable>(_ field: String) throws -> Value {
        guard let answer = answers[field] else {
            if let optional = Value.self as? any ExpressibleByNilLiteral.Type,
                let none = optional.init(nilLiteral: ()) as? Value
            {
                return none
            }
            watch?.missing(field)
            throw UnansweredField(name: field)
        }
        return try answer.decode(Value.self)
    }

    func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
        do { return try JSON.object(answers).decode(type) } catch DecodingError.keyNotFound(let key, let place) {
            throw UnansweredField(name: (place.codingPath.first ?? key).stringValue)
        }
    }
}

/// A step read a field that no earlier step provides.
package struct UnansweredField: Error {
    package let name: String
}

/// Notes the fields that a rehearsed step asked for in vain.
package final class ReadWatch: Sendable {
    private let names = Mutex<[String]>([])
    func missing(_ name: String) { names.withLock { $0.append(name) } }
    var missing: [String] { names.withLock { $0 } }
}
