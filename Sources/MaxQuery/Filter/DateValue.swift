internal import MaxHub

/// A date as a filter means it, in the text form in which dates are stored, where later is greater.
enum DateValue: Sendable {
    /// Everything from `first` up to, and without, `next`: `2026-01-05` is a day, `2026-01-05T09:00:00Z` a second.
    case span(first: String, next: String)
    /// An instant that is written with a fraction of a second.
    case point(String)
    /// A moment some time away from now, and the day in which it is.
    case moment(String, day: (first: String, next: String))
}

extension DateValue {
    /// What has to hold for a field's value to compare so with this.
    func condition(_ path: FieldPath, _ comparison: Comparison) -> Condition {
        switch self {
        case .point(let instant): .compare(path, comparison, .text(instant))
        case .span(let first, let next): Self.condition(path, comparison, first, next)
        case .moment(let instant, let day):
            switch comparison {
            case .equal, .unequal: Self.condition(path, comparison, day.first, day.next)
            case .less, .lessOrEqual, .greater, .greaterOrEqual: .compare(path, comparison, .text(instant))
            }
        }
    }

    private static func condition(
        _ path: FieldPath, _ comparison: Comparison, _ first: String, _ next: String
    ) -> Condition {
        let from = Condition.compare(path, .greaterOrEqual, .text(first))
        let before = Condition.compare(path, .less, .text(next))
        return switch comparison {
        case .equal: .all([from, before])
        case .unequal: .not(.all([from, before]))
        case .less: .compare(path, .less, .text(first))
        case .lessOrEqual: before
        case .greater: .compare(path, .greaterOrEqual, .text(next))
        case .greaterOrEqual: from
        }
    }
}
