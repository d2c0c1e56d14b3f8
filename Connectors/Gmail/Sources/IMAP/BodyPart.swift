import Foundation

/// A part of a message (RFC 9051, BODYSTRUCTURE).
struct BodyPart: Sendable, Hashable {
    /// Its number, such as `1.2`; empty for a message whose parts are numbered below it.
    var number: String
    /// Its media type in lower case, such as `text/plain` and `multipart/mixed`.
    var mediaType: String
    /// The parameters of its media type, names in lower case.
    var parameters: [String: Data] = [:]
    /// Its `Content-ID`.
    var contentID: Data?
    /// Its transfer encoding in lower case, such as `base64`.
    var encoding: String?
    /// Its size in bytes, encoded as it is.
    var size: Int?
    /// Its disposition in lower case, such as `attachment`.
    var disposition: String?
    /// The parameters of its disposition, names in lower case.
    var dispositionParameters: [String: Data] = [:]
    /// The parts inside it.
    var parts: [BodyPart] = []
}

extension BodyPart {
    /// Reads a BODYSTRUCTURE.
    ///
    /// - Throws: ``IMAPFault``.
    init(_ value: IMAPValue) throws {
        guard let values = value.list else { throw IMAPFault.garbled }
        self = values.first?.list == nil ? try Self.single(values, "1") : try Self.multiple(values, "")
    }

    private static func part(_ value: IMAPValue, _ number: String) throws -> BodyPart {
        guard let values = value.list else { throw IMAPFault.garbled }
        return values.first?.list == nil ? try single(values, number) : try multiple(values, number)
    }

    private static func multiple(_ values: [IMAPValue], _ number: String) throws -> BodyPart {
        let children = values.prefix { $0.list != nil }
        let rest = Array(values[children.endIndex...])
        guard let subtype = rest.first?.text else { throw IMAPFault.garbled }
        var part = BodyPart(number: number, mediaType: "multipart/\(subtype.lowercased())")
        let prefix = number.isEmpty ? "" : "\(number)."
        part.parts = try children.enumerated().map { try Self.part($1, "\(prefix)\($0 + 1)") }
        part.parameters = rest.value(at: 1).parameters
        part.takeDisposition(rest.value(at: 2))
        return part
    }

    private static func single(_ values: [IMAPValue], _ number: String) throws -> BodyPart {
        guard values.count >= 7, let type = values[0].text, let subtype = values[1].text else {
            throw IMAPFault.garbled
        }
        var part = BodyPart(number: number, mediaType: "\(type)/\(subtype)".lowercased())
        part.parameters = values[2].parameters
        part.contentID = values[3].bytes
        part.encoding = values[5].text?.lowercased()
        part.size = values[6].number()
        var extensions = 7
        if type.uppercased() == "TEXT" { extensions = 8 }
        if part.mediaType == "message/rfc822" || part.mediaType == "message/global", values.value(at: 7).list != nil {
            extensions = 10
            part.parts = try message(values.value(at: 8), number)
        }
        part.takeDisposition(values.value(at: extensions + 1))
        return part
    }

    /// The parts of a message inside a message: those of a multipart are numbered below it, a single one is the first.
    private static func message(_ value: IMAPValue, _ number: String) throws -> [BodyPart] {
        guard let values = value.list else { throw IMAPFault.garbled }
        return values.first?.list == nil ? [try single(values, "\(number).1")] : [try multiple(values, number)]
    }

    private mutating func takeDisposition(_ value: IMAPValue) {
        guard let values = value.list else { return }
        disposition = values.first?.text?.lowercased()
        dispositionParameters = values.value(at: 1).parameters
    }
}

extension [IMAPValue] {
    /// The value at a place; `NIL` behind the end.
    fileprivate func value(at index: Int) -> IMAPValue { indices.contains(index) ? self[index] : .atom("NIL") }
}

extension IMAPValue {
    /// The parameters of a type or a disposition, names in lower case.
    fileprivate var parameters: [String: Data] {
        let pairs = (list ?? []).pairs.map { ($0.name.lowercased(), $0.value.bytes ?? Data()) }
        return Dictionary(pairs) { first, _ in first }
    }
}
