package import Foundation

/// An e-mail in plain text (RFC 5322), every line of it in ASCII and at most 76 characters long but for addresses.
package struct MailMessage: Sendable, Hashable {
    package var from: MailAddress
    package var to: MailAddress
    package var subject: String
    /// What it says; lines end as they like.
    package var text: String
    package var date: Date
    /// What tells it from every other, and a repetition by; letters and digits.
    package var id: String

    package init(from: MailAddress, to: MailAddress, subject: String, text: String, date: Date, id: String) {
        self.from = from
        self.to = to
        self.subject = subject
        self.text = text
        self.date = date
        self.id = id
    }

    /// The message as it is sent, its lines ended by CRLF.
    package var bytes: Data {
        let headers = [
            "Date: \(Self.dateStyle.format(date)) +0000",
            "From: Max <\(from)>",
            "To: <\(to)>",
            EncodedWords.header("Subject", subject),
            "Message-ID: <\(id)@\(from.domain)>",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: quoted-printable",
        ]
        return Data((headers.joined(separator: "\r\n") + "\r\n\r\n" + QuotedPrintable.text(text)).utf8)
    }

    /// A date as mail writes it (RFC 5322, section 3.3), without its zone.
    private static let dateStyle = Date.VerbatimFormatStyle(
        format: """
            \(weekday: .abbreviated), \(day: .defaultDigits) \(month: .abbreviated) \(year: .defaultDigits) \
            \(hour: .twoDigits(clock: .twentyFourHour, hourCycle: .zeroBased)):\(minute: .twoDigits):\(second: .twoDigits)
            """,
        locale: Locale(identifier: "en_US_POSIX"), timeZone: .gmt, calendar: Calendar(identifier: .gregorian))
}
