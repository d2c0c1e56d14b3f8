internal import Foundation
internal import MaxCore

/// What is told of a connection that did not come about.
extension Problem {
    static func noConnection(
        _ fault: ConnectFault, to origin: Origin, provider: String, _ limits: OutboundLimits
    ) -> Problem {
        let place = "\(origin.bracketedHost):\(origin.port)"
        switch fault {
        case .refused:
            return Problem(
                "connection_refused", .retryable, "Nothing answers at \(place).", rung: .connect,
                fix: .action("Check the address and its port, and that \(provider) is running there."))
        case .timedOut:
            return Problem(
                "connection_timed_out", .retryable, "\(place) did not answer within \(limits.connect.words).",
                rung: .connect, fix: .action("Check the address, and that no firewall is in the way."))
        case .unreachable:
            return Problem(
                "network_unreachable", .retryable, "No network leads from this machine to \(origin.host).",
                rung: .connect, fix: .action("Check this machine's network connection, then try again."))
        case .tls(let fault):
            return noTLS(fault, with: origin, place, limits)
        }
    }

    private static func noTLS(
        _ fault: TLSFault, with origin: Origin, _ place: String, _ limits: OutboundLimits
    ) -> Problem {
        func problem(_ code: String, _ kind: Kind = .permanent, _ sentence: String, _ fix: String) -> Problem {
            Problem(code, kind, sentence, rung: .tls, fix: .action(fix))
        }
        let host = origin.host
        switch fault {
        case .expired(let date):
            return problem(
                "certificate_expired", .permanent, "The certificate of \(host) expired on \(date.day).",
                "Have it renewed by whoever runs \(host); if it is good, set this machine's clock.")
        case .notValidBefore(let date):
            return problem(
                "certificate_not_yet_valid", .permanent, "The certificate of \(host) is only good from \(date.day) on.",
                "Check this machine's clock.")
        case .wrongName:
            return problem(
                "certificate_wrong_name", .permanent, "The certificate shown at \(place) is not for \(host).",
                "Check the address; the certificate has to name exactly this host.")
        case .notBelieved, .unknownAuthority:
            return problem(
                "certificate_unknown_authority", .permanent,
                "The certificate of \(host) was not issued by an authority that this machine trusts.",
                "Check the address; if \(host) is yours, install its authority's certificate on this machine.")
        case .notSpoken:
            return origin.isLine
                ? problem(
                    "tls_not_spoken", .permanent, "\(place) does not speak TLS.",
                    "Check the port; one that begins without TLS needs STARTTLS.")
                : problem(
                    "tls_not_spoken", .permanent, "\(place) does not speak TLS, which https:// needs.",
                    "Check the port, or begin the address with http:// if \(host) is on your own network.")
        case .closed:
            return problem(
                "tls_failed", .retryable, "\(place) closed the connection while TLS was being set up.",
                "Check the port: it may not speak TLS.")
        case .timedOut:
            return problem(
                "tls_silent", .retryable,
                "\(place) took the connection but did not set up TLS within \(limits.handshake.words).",
                "Check the port: it may not speak TLS.")
        case .disagreed:
            return problem(
                "tls_failed", .permanent, "\(place) and this machine found no version of TLS that both speak.",
                "Have TLS 1.2 or newer turned on by whoever runs \(host).")
        }
    }
}

extension Duration {
    /// The length in words, such as `10 seconds`.
    var words: String {
        let seconds = Double(components.seconds) + Double(components.attoseconds) / 1e18
        guard seconds >= 0.95 else { return "a moment" }
        let rounded = Int(seconds.rounded())
        switch rounded {
        case 1: return "1 second"
        case ..<120: return "\(rounded) seconds"
        case ..<7_200: return "\((rounded + 59) / 60) minutes"
        default: return "\((rounded + 3_599) / 3_600) hours"
        }
    }
}

extension Date {
    /// The day in UTC, such as `3 May 2026`.
    fileprivate var day: String {
        formatted(
            Date.VerbatimFormatStyle(
                format: "\(day: .defaultDigits) \(month: .wide) \(year: .defaultDigits)",
                locale: Locale(identifier: "en_GB"), timeZone: .gmt, calendar: Calendar(identifier: .gregorian)))
    }
}
