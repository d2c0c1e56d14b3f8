public import Foundation

extension JSON: Codable {
    /// Decodes any JSON value.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            self = .null
        } else if let value = try? container.decode(Bool.self) {
            self = .bool(value)
        } else if let value = try? container.decode(Int64.self) {
            self = .integer(value)
        } else if let value = try? container.decode(Double.self) {
            self = .number(value)
        } else if let value = try? container.decode(String.self) {
            self = .string(value)
        } else if let value = try? container.decode([JSON].self) {
            self = .array(value)
        } else {
            self = .object(try container.decode([String: JSON].self))
        }
    }

    /// Encodes the value as itself.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .null: try container.encodeNil()
        case .bool(let value): try container.encode(value)
        case .integer(let value): try container.encode(value)
        case .number(let value): try container.encode(value)
        case .string(let value): try container.encode(value)
        case .array(let value): try container.encode(value)
        case .object(let value): try container.encode(value)
        }
    }
}

extension JSON {
    /// Parses JSON text.
    ///
    /// - Throws: `DecodingError` when the text is not one JSON value.
    public init(parsing data: Data) throws {
        self = try JSON.decoder.decode(JSON.self, from: data)
    }

    /// Turns any encodable value into JSON.
    ///
    /// - Throws: `EncodingError` when the value has no JSON form.
    public init(encoding value: some Encodable) throws {
        self = try JSON(parsing: JSON.encoder.encode(value))
    }

    /// Decodes this value as another type.
    ///
    /// - Throws: `DecodingError` when it does not fit.
    public func decode<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
        try JSON.decoder.decode(type, from: JSON.encoder.encode(self))
    }

    /// The text of this value with sorted keys and unescaped slashes, on one line.
    public var text: String {
        (try? JSON.encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
    }

    /// A new encoder with the product's conventions: sorted keys, plain slashes, dates as RFC 3339 in UTC.
    public static var encoder: JSONEncoder {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        return encoder
    }

    /// A new decoder with the product's conventions: dates as RFC 3339.
    public static var decoder: JSONDecoder {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        return decoder
    }
}
