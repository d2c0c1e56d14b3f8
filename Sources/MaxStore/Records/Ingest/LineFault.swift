internal import MaxCore
internal import MaxHub

/// Why a line cannot be a record.
enum LineFault: Error, Hashable {
    case tooLong
    case malformed
    case badText
    case badNumber
    case tooDeep
    case notAnObject
    case withoutID
    case badID
    /// A name stands twice in an object.
    case repeated(String)
}

extension MaxError {
    /// The line of that number, counted from 1, cannot be read.
    static func lineUnreadable(_ number: Int, _ fault: LineFault) -> MaxError {
        MaxError(
            .lineUnreadable, "Line \(number) cannot be read: \(fault.sentence) Everything before it was stored.",
            fix: "Mend the line and import the file again: what is stored already stays as it is.")
    }
}

extension LineFault {
    fileprivate var sentence: String {
        switch self {
        case .tooLong: "it is longer than \(LineBuffer.longestLine >> 20) MB."
        case .malformed: "it is not JSON."
        case .badText: "a text in it is not valid Unicode."
        case .badNumber: "a number in it is malformed or needs more than 64 bits."
        case .tooDeep: "it is nested deeper than \(JSONParser.deepest) levels."
        case .notAnObject: "it is not a JSON object."
        case .withoutID: "it has no “id”."
        case .badID: "its “id” is neither text nor a whole number, or empty."
        case .repeated(let name): "the name \(name.quoted) stands in it twice."
        }
    }
}
