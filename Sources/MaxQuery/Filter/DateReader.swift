internal import Foundation

/// Reads dates as people write them: dates and instants after RFC 3339, and those that start from now.
///
/// What has no time zone is UTC.
struct DateReader: Sendable {
    let now: Date

    /// What a text means; nil when it is no date.
    func date(_ text: String) -> DateValue? {
        switch text.lowercased() {
        case "now": span(.second, around: now)
        case "today": span(.day, around: now)
        case "yesterday": moved(now, by: -1, .day).flatMap { span(.day, around: $0) }
        case "tomorrow": moved(now, by: 1, .day).flatMap { span(.day, around: $0) }
        default: relative(text) ?? literal(text)
        }
    }

    private func relative(_ text: String) -> DateValue? {
        guard let match = text.wholeMatch(of: #/(?<count>[-+][0-9]{1,6})(?<unit>min|mo|h|d|w|y)/#),
            let count = Int(match.count)
        else { return nil }
        switch match.unit {
        case "min": return moved(now, by: count, .minute).flatMap { span(.second, around: $0) }
        case "h": return moved(now, by: count, .hour).flatMap { span(.second, around: $0) }
        case "d": return moment(count, .day)
        case "w": return moment(count * 7, .day)
        case "mo": return moment(count, .month)
        default: return moment(count, .year)
        }
    }

    private func moment(_ count: Int, _ unit: Calendar.Component) -> DateValue? {
        guard let then = moved(now, by: count, unit), case .span(let first, let next)? = span(.day, around: then) else {
            return nil
        }
        return .moment(Self.text(then, to: .second), day: (first, next))
    }

    private func literal(_ text: String) -> DateValue? {
        let form =
            #/([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[Tt\x20]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(\.[0-9]{1,9})?)?([Zz]|[-+][0-9]{2}:?[0-9]{2})?)?)?)?/#
        guard let (_, year, month, day, hour, minute, second, fraction, zone) = text.wholeMatch(of: form)?.output else {
            return nil
        }
        let written = DateComponents(
            year: Int(year), month: month.flatMap { Int($0) } ?? 1, day: day.flatMap { Int($0) } ?? 1,
            hour: hour.flatMap { Int($0) } ?? 0, minute: minute.flatMap { Int($0) } ?? 0,
            second: second.flatMap { Int($0) } ?? 0)
        guard let local = Self.calendar.date(from: written), Self.components(local) == written,
            let offset = Self.seconds(zone ?? "Z")
        else { return nil }
        let instant = local - offset
        if let fraction {
            return Self.year(instant).map { _ in .point(Self.text(instant, to: .second) + fraction + "Z") }
        }
        let unit: Calendar.Component =
            second != nil ? .second : minute != nil ? .minute : day != nil ? .day : month != nil ? .month : .year
        return span(unit, around: instant)
    }
}

extension DateReader {
    private static let calendar: Calendar = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()

    private static func components(_ date: Date) -> DateComponents {
        let read = calendar.dateComponents([.year, .month, .day, .hour, .minute, .second], from: date)
        return DateComponents(
            year: read.year, month: read.month, day: read.day, hour: read.hour, minute: read.minute,
            second: read.second)
    }

    /// The year, where it has four digits or fewer and is one after Christ.
    private static func year(_ date: Date) -> Int? {
        let parts = calendar.dateComponents([.era, .year], from: date)
        return parts.era == 1 ? parts.year.flatMap { (0...9999).contains($0) ? $0 : nil } : nil
    }

    private func moved(_ date: Date, by count: Int, _ unit: Calendar.Component) -> Date? {
        Self.calendar.date(byAdding: unit, value: count, to: date)
    }

    private func span(_ unit: Calendar.Component, around date: Date) -> DateValue? {
        guard Self.year(date) != nil else { return nil }
        // What is cut off the texts is what the next one is without too.
        let next = moved(date, by: 1, unit).flatMap { Self.year($0) == nil ? nil : Self.text($0, to: unit) }
        // A colon comes after every digit, and so after every date there can be.
        return .span(first: Self.text(date, to: unit), next: next ?? ":")
    }

    /// The stored form of an instant, cut off behind a unit.
    private static func text(_ date: Date, to unit: Calendar.Component) -> String {
        let parts = components(date)
        func digits(_ number: Int?, _ width: Int = 2) -> String {
            let text = String(number ?? 0)
            return String(repeating: "0", count: max(0, width - text.count)) + text
        }
        let pieces = [
            digits(parts.year, 4), "-" + digits(parts.month), "-" + digits(parts.day),
            "T" + digits(parts.hour) + ":" + digits(parts.minute), ":" + digits(parts.second),
        ]
        let count = [.year: 1, .month: 2, .day: 3, .minute: 4][unit] ?? 5
        return pieces.prefix(count).joined()
    }

    /// How far a zone's clocks are ahead, in seconds.
    private static func seconds(_ zone: Substring) -> TimeInterval? {
        if zone.lowercased() == "z" { return 0 }
        let digits = zone.dropFirst().filter(\.isNumber)
        guard let hours = Int(digits.prefix(2)), let minutes = Int(digits.suffix(2)), hours < 24, minutes < 60 else {
            return nil
        }
        return (zone.first == "-" ? -60 : 60) * TimeInterval(hours * 60 + minutes)
    }
}
