/// JSON text under construction, without a detour over `Codable`.
package struct JSONWriter: Sendable {
    package private(set) var bytes: [UInt8] = []

    package init(capacity: Int = 1_024) { bytes.reserveCapacity(capacity) }

    /// Writes an object whose members the body adds with ``field(_:_:)`` and ``member(_:_:)``.
    package mutating func object(_ body: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "{"))
        body(&self)
        bytes.append(UInt8(ascii: "}"))
    }

    /// Writes an array whose elements the body adds.
    package mutating func array(_ body: (inout JSONWriter) -> Void) {
        separate()
        bytes.append(UInt8(ascii: "["))
        body(&self)
        bytes.append(UInt8(ascii: "]"))
    }

    /// Writes a member and lets the body write its value.
    package mutating func member(_ name: String, _ body: (inout JSONWriter) -> Void) {
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        body(&self)
    }

    package mutating func field(_ name: String, _ value: JSONValue) { member(name) { $0.value(value) } }
    package mutating func field(_ name: String, _ text: String) { field(name, .string(text)) }
    package mutating func fields(_ fields: [JSONField]) { for field in fields { self.field(field.name, field.value) } }

    package mutating func value(_ value: JSONValue) {
        separate()
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let truth): bytes.append(contentsOf: (truth ? "true" : "false").utf8)
        case .int(let number): bytes.append(contentsOf: String(number).utf8)
        case .double(let number): bytes.append(contentsOf: (number.isFinite ? "\(number)" : "null").utf8)
        case .string(let text): quote(text)
        case .array(let elements): array { for element in elements { $0.value(element) } }
        case .object(let members):
            object { for (name, value) in members.sorted(by: { $0.key < $1.key }) { $0.field(name, value) } }
        }
    }

    /// Writes a value that was written before.
    package mutating func written(_ json: [UInt8]) {
        separate()
        bytes.append(contentsOf: json)
    }

    /// Writes a comma where the last byte shows that a value went before.
    private mutating func separate() {
        switch bytes.last {
        case nil, UInt8(ascii: "{"), UInt8(ascii: "["), UInt8(ascii: ":"), UInt8(ascii: ","): break
        default: bytes.append(UInt8(ascii: ","))
        }
    }

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        let plain = text.utf8.allSatisfy { $0 >= 0x20 && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }
        if plain { bytes.append(contentsOf: text.utf8) } else { for byte in text.utf8 { escape(byte) } }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes.append(contentsOf: [UInt8(ascii: "\\"), byte])
        case ..<0x20: bytes.append(contentsOf: ("\\u" + Hex.text(UInt64(byte), digits: 4)).utf8)
        default: bytes.append(byte)
        }
    }
}
