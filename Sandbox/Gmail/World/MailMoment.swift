/// A moment in the calendar, as mail and IMAP write it, in Greenwich.
struct MailMoment {
    private let days: Int
    private let clock: String
    private let year: Int
    private let month: String
    private let day: Int

    init(_ seconds: Int) {
        days = seconds / 86_400
        let rest = seconds % 86_400
        clock = [rest / 3600, rest / 60 % 60, rest % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }.joined(separator: ":")
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let place = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * place + 2) / 5 + 1
        let number = place < 10 ? place + 3 : place - 9
        year = yearOfEra + era * 400 + (number <= 2 ? 1 : 0)
        month =
            ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][number - 1]
    }

    /// As RFC 5322 has it.
    var words: String {
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][days % 7]
        return "\(weekday), \(day) \(month) \(year) \(clock) +0000"
    }

    /// As `INTERNALDATE` has it.
    var internalDate: String { "\(day < 10 ? " " : "")\(day)-\(month)-\(year) \(clock) +0000" }
}
