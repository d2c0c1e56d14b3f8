internal import Foundation
internal import GRDB
internal import MaxCore

/// What a record has besides its fields' columns, as the JSON object in `_other`.
enum OtherFields {
    /// The SQL function that merges what came with what was there.
    ///
    /// It takes what was there, what came, the names of all fields, and those of the fields that were not told (null when
    /// all were); null is nothing. A field that was told now is not among the others any more, unless it came with them.
    static let merging = DatabaseFunction("merged_others", argumentCount: 4, pure: true) { values in
        let texts = values.map { String.fromDatabaseValue($0) }
        var merged = object(texts[0])
        let untold = names(texts[3])
        for field in names(texts[2]) where !untold.contains(field) { merged[field] = nil }
        merged.merge(object(texts[1])) { _, came in came }
        return merged.isEmpty ? nil : JSONText.of(.object(merged))
    }

    /// The members that a text holds.
    static func object(_ text: String?) -> [String: JSON] { parsed(text)?.object ?? [:] }

    /// The names that a text holds.
    static func names(_ text: String?) -> Set<String> { Set((parsed(text)?.array ?? []).compactMap(\.string)) }

    private static func parsed(_ text: String?) -> JSON? { text.flatMap { try? JSON(parsing: Data($0.utf8)) } }
}
