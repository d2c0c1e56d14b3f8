/// A date or an instant as it lies in a column: a date as it came, an instant in UTC, so that texts compare as times.
///
/// RFC 3339 is understood, and what ISO 8601 allows beyond it: no seconds, an offset without colon or minutes. A time
/// without an offset is no instant.
struct DateText {
    private var year: Int
    private var month: Int
    private var day: Int
    private var minute = 0
    private var second: Int?
    private var fraction: Range<Int>?
    private var offset: Int?
    private var isCanonical = true

    /// Writes it behind what is there; false when it is none, with nothing written.
    static func append(_ text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) -> Bool {
        guard var date = DateText(text) else { return false }
        if date.isCanonical {
            bytes.append(contentsOf: text)
            return true
        }
        guard date.moveToUTC() else { return false }
        date.append(from: text, to: &bytes)
        return true
    }

    private init?(_ text: UnsafeBufferPointer<UInt8>) {
        var scan = Scan(text: text)
        guard let year = scan.number(4), scan.skip("-"), let month = scan.number(2), scan.skip("-"),
            let day = scan.number(2), (1...12).contains(month), (1...Self.days(of: month, year)).contains(day)
        else { return nil }
        (self.year, self.month, self.day) = (year, month, day)
        if !scan.isAtEnd {
            guard readTime(&scan), readOffset(&scan), scan.isAtEnd else { return nil }
        }
    }

    private mutating func readTime(_ scan: inout Scan) -> Bool {
        if !scan.skip("T") {
            isCanonical = false
            guard scan.skip("t") || scan.skip(" ") else { return false }
        }
        guard let hour = scan.number(2), hour < 24, scan.skip(":"), let minute = scan.number(2), minute < 60 else {
            return false
        }
        self.minute = hour * 60 + minute
        guard scan.skip(":") else {
            isCanonical = false
            return true
        }
        guard let second = scan.number(2), second < 60 else { return false }
        self.second = second
        guard scan.skip(".") else { return true }
        fraction = scan.digits()
        return fraction?.isEmpty == false
    }

    private mutating func readOffset(_ scan: inout Scan) -> Bool {
        if scan.skip("Z") {
            offset = 0
            return true
        }
        isCanonical = false
        if scan.skip("z") {
            offset = 0
            return true
        }
        let isWest = scan.skip("-")
        guard isWest || scan.skip("+"), let hours = scan.number(2), hours < 24 else { return false }
        let hasColon = scan.skip(":")
        let minutes = scan.number(2)
        guard (minutes ?? 0) < 60, minutes != nil || !hasColon else { return false }
        offset = (hours * 60 + (minutes ?? 0)) * (isWest ? -1 : 1)
        return true
    }

    /// Takes the offset off; false when that leads out of the years from 0 to 9999.
    private mutating func moveToUTC() -> Bool {
        minute -= offset ?? 0
        if minute < 0 {
            minute += 24 * 60
            moveBack()
        } else if minute >= 24 * 60 {
            minute -= 24 * 60
            moveOn()
        }
        return (0...9999).contains(year)
    }

    private mutating func moveBack() {
        day -= 1
        guard day == 0 else { return }
        month = month == 1 ? 12 : month - 1
        if month == 12 { year -= 1 }
        day = Self.days(of: month, year)
    }

    private mutating func moveOn() {
        day += 1
        guard day > Self.days(of: month, year) else { return }
        day = 1
        month = month == 12 ? 1 : month + 1
        if month == 1 { year += 1 }
    }

    private func append(from text: UnsafeBufferPointer<UInt8>, to bytes: inout [UInt8]) {
        let parts = [("", year, 4), ("-", month, 2), ("-", day, 2), ("T", minute / 60, 2), (":", minute % 60, 2)]
        for (mark, number, width) in parts + [(":", second ?? 0, 2)] {
            bytes += mark.utf8
            let digits = String(number)
            bytes += Array(repeating: UInt8(ascii: "0"), count: width - digits.utf8.count) + digits.utf8
        }
        if let fraction {
            bytes.append(UInt8(ascii: "."))
            bytes.append(contentsOf: text[fraction])
        }
        bytes.append(UInt8(ascii: "Z"))
    }

    private static func days(of month: Int, _ year: Int) -> Int {
        switch month {
        case 2: year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

/// A reading of a text from its beginning.
private struct Scan {
    let text: UnsafeBufferPointer<UInt8>
    private var place = 0

    init(text: UnsafeBufferPointer<UInt8>) { self.text = text }

    var isAtEnd: Bool { place == text.count }

    /// Passes that letter if it is next.
    mutating func skip(_ letter: Unicode.Scalar) -> Bool {
        guard place < text.count, text[place] == UInt8(ascii: letter) else { return false }
        place += 1
        return true
    }

    /// Reads a number of exactly that many digits.
    mutating func number(_ width: Int) -> Int? {
        guard place + width <= text.count else { return nil }
        var number = 0
        for index in place..<place + width {
            guard let digit = Self.digit(text[index]) else { return nil }
            number = number * 10 + digit
        }
        place += width
        return number
    }

    /// Passes all digits that are next, and tells where they are.
    mutating func digits() -> Range<Int> {
        let start = place
        while place < text.count, Self.digit(text[place]) != nil { place += 1 }
        return start..<place
    }

    private static func digit(_ byte: UInt8) -> Int? {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) ? Int(byte - UInt8(ascii: "0")) : nil
    }
}
