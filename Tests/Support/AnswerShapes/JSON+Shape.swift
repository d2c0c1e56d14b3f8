package import MaxCore

extension JSON {
    /// The fields that are missing in an object, or of another kind than a shape says.
    ///
    /// - Parameter shape: Each field with the letters of what it may be, such as `id:w note:tn`: `t` text, `w` a whole number,
    ///   `d` another number, `b` a truth value, `n` null, `l` a list, `o` an object.
    package func misfits(_ shape: String) -> [String] {
        shape.split(separator: " ").compactMap { field in
            let parts = field.split(separator: ":")
            guard let value = self[String(parts[0])] else { return "\(parts[0]) is missing" }
            return parts[1].contains(value.letter) ? nil : "\(parts[0]) is \(value.text)"
        }
    }

    private var letter: Character {
        switch self {
        case .null: "n"
        case .bool: "b"
        case .integer: "w"
        case .number: "d"
        case .string: "t"
        case .array: "l"
        case .object: "o"
        }
    }
}
