internal import Foundation
internal import NIOCore

/// The text of a form as browsers send it (WHATWG URL, 5.1 application/x-www-form-urlencoded parsing).
enum FormText {
    /// The media type of that text.
    static let mediaType = "application/x-www-form-urlencoded"

    /// Whether a header `Content-Type` names it, in UTF-8.
    static func isNamed(by contentType: String?) -> Bool {
        let parts = (contentType ?? "").lowercased().split(separator: ";")
            .map { $0.trimmingCharacters(in: .whitespaces) }
        return parts.first == mediaType && parts.dropFirst().allSatisfy { $0 == "charset=utf-8" }
    }

    /// Reads it.
    ///
    /// - Throws: ``Refusal`` with status 400 for a percent sign without two digits after it, and for what is not UTF-8.
    static func read(_ bytes: ByteBufferView) throws -> FormBody {
        let fields = try bytes.split(separator: UInt8(ascii: "&")).map { part in
            let sides = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            return FormBody.Field(name: try text(sides[0]), value: sides.count > 1 ? try text(sides[1]) : "")
        }
        return FormBody(fields)
    }

    private static func text(_ encoded: ByteBufferView) throws -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(encoded.count)
        var rest = encoded[...]
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst()?.hexDigit, let low = rest.popFirst()?.hexDigit else {
                    throw Refusal.formUnreadable
                }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        guard let text = String(validating: bytes, as: UTF8.self) else { throw Refusal.formUnreadable }
        return text
    }
}

extension UInt8 {
    /// The value of a hexadecimal digit.
    fileprivate var hexDigit: UInt8? {
        switch self {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
