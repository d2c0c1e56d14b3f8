import Foundation

/// The instants of mail, as RFC 5322 (section 3.3 and its obsolete forms) and broken programs write them.
enum MailDate {
    /// Reads a date; nil when no day can be made out, or the year is not between 1970 and 9999.
    static func parse(_ bytes: Bytes) -> Date? {
        var day = CivilTime()
        for token in tokens(bytes.prefix(200)) where !day.take(token) { continue }
        return day.date
    }

    /// Words between blanks, commas and comments; a sign begins a word where a zone can be.
    private static func tokens(_ bytes: Bytes) -> [Bytes] {
        var tokens: [Bytes] = []
        var (start, depth) = (bytes.startIndex, 0)
        for place in bytes.indices {
            let byte = bytes[place]
            let isSeparator = byte.isBlank || byte == .comma || byte == .openParenthesis || byte == .closeParenthesis
            let beginsZone = (byte == .plus || byte == .dash) && bytes[start..<place].contains(.colon)
            guard isSeparator || beginsZone || depth > 0 else { continue }
            if depth == 0, start < place { tokens.append(bytes[start..<place]) }
            start = beginsZone && depth == 0 ? place : place + 1
            if byte == .openParenthesis { depth += 1 }
            if byte == .closeParenthesis { depth = max(0, depth - 1) }
        }
        if depth == 0, start < bytes.endIndex { tokens.append(bytes[start...]) }
        return tokens
    }
}

/// A date and a time of day while they are read, word by word.
private struct CivilTime {
    private var year: Int?
    private var month: Int?
    private var day: Int?
    private var hour = 0
    private var minute = 0
    private var second = 0
    private var hasTime = false
    /// Seconds east of Greenwich.
    private var offset = 0

    /// Takes a word for what it can be; says whether it was anything.
    mutating func take(_ token: Bytes) -> Bool {
        guard let first = token.first else { return false }
        if first == .plus || first == .dash { return hasTime && takeZone(token) }
        if token.contains(.colon) { return takeTime(token) }
        if first.isLetter { return takeWord(token) }
        guard first.isDigit else { return false }
        return token.contains(.dash) || token.contains(.slash) ? takeDashed(token) : takeNumber(token)
    }

    var date: Date? {
        guard let year, let month, let day, (1970...9999).contains(year), (1...12).contains(month) else { return nil }
        let days = Self.days(year, month, min(max(day, 1), Self.lastDay(of: month, year)))
        return Date(timeIntervalSince1970: Double(days * 86_400 + hour * 3600 + minute * 60 + second - offset))
    }

    private mutating func takeTime(_ token: Bytes) -> Bool {
        // ISO 8601 has a T between the two.
        if let mark = token.firstIndex(where: { $0 | 0x20 == 0x74 }), token[..<mark].contains(.dash) {
            return take(token[..<mark]) && takeTime(token[(mark + 1)...])
        }
        var token = token
        if token.last.map({ $0 | 0x20 == 0x7a }) == true { token = token.dropLast() }
        let parts = token.split(separator: .colon, maxSplits: 3, omittingEmptySubsequences: false)
        guard let hour = Self.number(parts[0]), let minute = Self.number(parts[1]), hour < 25, minute < 60 else {
            return false
        }
        let second = parts.count > 2 ? Self.number(parts[2].prefix(while: \.isDigit)) ?? 0 : 0
        (self.hour, self.minute, self.second, hasTime) = (hour % 24, minute, min(second, 59), true)
        return true
    }

    /// Takes `+hhmm` or `+hh:mm`; one that is no zone of this world counts as none.
    private mutating func takeZone(_ token: Bytes) -> Bool {
        let digits = token.dropFirst().filter(\.isDigit)
        guard digits.count == 4 || digits.count == 2, let number = Self.number(digits[...]) else { return false }
        let (hours, minutes) = digits.count == 4 ? (number / 100, number % 100) : (number, 0)
        guard hours <= 14, minutes < 60 else { return false }
        offset = (hours * 3600 + minutes * 60) * (token.first == .dash ? -1 : 1)
        return true
    }

    private mutating func takeWord(_ token: Bytes) -> Bool {
        if month == nil, let number = Self.months.firstIndex(of: token.prefix(3).lowercasedText) {
            month = number + 1
            return true
        }
        if let hours = Self.zones[token.lowercasedText] {
            offset = hours * 3600
            return true
        }
        let isAfternoon = token.isSame(as: "pm")
        if isAfternoon || token.isSame(as: "am"), hour <= 12 {
            hour = hour % 12 + (isAfternoon ? 12 : 0)
            return true
        }
        // “GMT+0200”: the sign counts.
        if let sign = token.firstIndex(where: { $0 == .plus || $0 == .dash }) { return takeZone(token[sign...]) }
        return false
    }

    /// Takes `02-Jan-2026` or `2026-01-02`; of `01/02/2026` nobody knows which is the month.
    private mutating func takeDashed(_ token: Bytes) -> Bool {
        let parts = token.split(whereSeparator: { $0 == .dash || $0 == .slash })
        guard parts.count == 3, parts[0].count == 4 || parts[1].first?.isLetter == true else { return false }
        return parts.allSatisfy { part in
            part.first?.isLetter == true ? takeWord(part) : takeNumber(part, isMonth: true)
        }
    }

    /// Takes a number for a year, a day, or where one may be written as such, a month.
    private mutating func takeNumber(_ token: Bytes, isMonth: Bool = false) -> Bool {
        guard token.count <= 4, let number = Self.number(token) else { return false }
        if token.count == 4 || number > 31 {
            guard year == nil else { return false }
            year = Self.fullYear(number, digits: token.count)
        } else if isMonth, year != nil, month == nil {
            month = number
        } else if day == nil {
            day = number
        } else if year == nil {
            year = Self.fullYear(number, digits: token.count)
        }
        return true
    }

    /// The year that two or three digits stand for (RFC 5322, section 4.3).
    private static func fullYear(_ number: Int, digits: Int) -> Int {
        switch digits {
        case ...2: number < 50 ? 2000 + number : 1900 + number
        case 3: 1900 + number
        default: number
        }
    }

    private static func number(_ bytes: Bytes) -> Int? {
        guard !bytes.isEmpty, bytes.count <= 9, bytes.allSatisfy(\.isDigit) else { return nil }
        return bytes.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    private static let months = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]

    /// The zones that have names (RFC 5322, section 4.3); single letters were used wrongly and count as none.
    private static let zones = [
        "ut": 0, "gmt": 0, "utc": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
        "pst": -8, "pdt": -7, "cet": 1, "cest": 2, "jst": 9,
    ]

    private static func lastDay(of month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The days since 1 January 1970 in the Gregorian calendar.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }
}
