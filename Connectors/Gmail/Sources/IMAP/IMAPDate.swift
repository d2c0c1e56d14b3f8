import Foundation

extension Date {
    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// Parses `date-time` of RFC 9051, such as `17-Jul-1996 02:44:25 -0700`; nil for anything else.
    init?(imap text: String) {
        let parts = text[...].parts(between: " ")
        guard parts.count == 3 else { return nil }
        let (date, time) = (parts[0].parts(between: "-"), parts[1].parts(between: ":").compactMap { Int($0) })
        guard date.count == 3, time.count == 3, let day = Int(date[0]), let year = Int(date[2]),
            let month = Self.months.firstIndex(of: date[1].lowercased()), let offset = Self.offset(parts[2]),
            (1...31).contains(day), (1...9_999).contains(year), (0...23).contains(time[0]),
            (0...59).contains(time[1]), (0...60).contains(time[2])
        else { return nil }
        let seconds = time[0] * 3_600 + time[1] * 60 + time[2] - offset
        self.init(timeIntervalSince1970: Double(Self.days(year, month + 1, day) * 86_400 + seconds))
    }

    /// The seconds that a zone such as `-0700` is ahead of UTC.
    private static func offset(_ zone: Substring) -> Int? {
        guard zone.utf8.count == 5, let digits = Int(zone.dropFirst()), "+-".contains(zone.first ?? " "), digits >= 0
        else {
            return nil
        }
        return (digits / 100 * 3_600 + digits % 100 * 60) * (zone.first == "-" ? -1 : 1)
    }

    /// The days from 1 January 1970 to a day of the Gregorian calendar, counted in years that begin in March.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let marchYear = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - 719_468
    }
}

extension Substring {
    /// What stands between ASCII characters of one kind; byte by byte, for a mailbox has many dates.
    fileprivate func parts(between separator: Unicode.Scalar) -> [Substring] {
        utf8.split(separator: UInt8(ascii: separator)).map { Substring($0) }
    }
}
