internal import GRDB
internal import MaxCore
internal import MaxHub

/// The review of an entity's names: whether a table, its columns and its indexes can have them.
struct EntityReview {
    let entity: StoredEntity

    /// How many columns SQLite allows, less those of every table.
    private static let fieldLimit = 1900

    /// - Throws: ``MaxCore/MaxError`` with code `entity_unusable`.
    func check(in database: Database, besides old: StoredEntity? = nil) throws {
        if let reason = try mistakes.first ?? takenName(in: database, besides: old) {
            throw MaxError.entityUnusable(entity.name, because: reason)
        }
    }

    /// What is wrong, as parts of a sentence.
    private var mistakes: [String] {
        (entity.name.isEntityName ? [] : ["its name is not made of letters and digits, with a capital first"])
            + (entity.fields.count > Self.fieldLimit ? ["it has more than \(Self.fieldLimit) fields"] : [])
            + entity.fields.compactMap(mistake) + doubles
    }

    private func mistake(in field: StoredField) -> String? {
        let name = field.name.lowercased()
        return if name.isEmpty || field.name.unicodeScalars.contains(where: \.isControl) {
            "a field's name is empty or has a control character"
        } else if name.hasPrefix("_") || ["id", "rowid"].contains(name) {
            "the field \(field.name.quoted) has a name that every record uses already"
        } else if name == "rank", field.isTitle || field.isText {
            "the field \(field.name.quoted) has a name that full-text search uses itself"
        } else {
            nil
        }
    }

    private var doubles: [String] {
        var seen: Set<String> = []
        return entity.fields.filter { !seen.insert($0.name.lowercased()).inserted }
            .map { "two fields are named \($0.name.quoted), whatever the case of the letters" }
    }

    /// What says that something else in the database has a name that the entity needs.
    private func takenName(in database: Database, besides old: StoredEntity?) throws -> String? {
        let own = Set((old.map { EntityTable($0).names } ?? []).map { $0.lowercased() })
        let taken = try RecordStatement(database, "SELECT 1 FROM sqlite_schema WHERE name = ? COLLATE NOCASE")
        for name in EntityTable(entity).names where !own.contains(name.lowercased()) {
            if try taken.first(.text(name), read: { _ in true }) != nil {
                return "something else is named \(name.quoted) already"
            }
        }
        return nil
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { properties.generalCategory == .control }
}

extension String {
    fileprivate var isEntityName: Bool {
        unicodeScalars.first.map { ("A"..."Z").contains($0) } == true
            && unicodeScalars.allSatisfy { $0.isASCII && ($0.properties.isAlphabetic || ("0"..."9").contains($0)) }
    }
}
