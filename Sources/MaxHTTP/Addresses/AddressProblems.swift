internal import MaxCore

/// What is told of an address that is not dialled.
extension Problem {
    static func badAddress(_ sentence: String) -> Problem {
        Problem("invalid_address", .permanent, sentence, rung: .resolve, fix: .action("Check the address."))
    }

    static func egressRefused(provider: String, host: String) -> Problem {
        Problem(
            "egress_refused", .permanent,
            "\(host) is not one of the hosts that the connector for \(provider) may call.",
            rung: .resolve, fix: .action("Check the address."))
    }

    static func portRefused(_ origin: Origin) -> Problem {
        Problem(
            "port_refused", .permanent,
            "Port \(origin.port) belongs to another service than \(origin.isLine ? "mail" : "the web"), "
                + "so \(origin.host) is not called there.",
            rung: .resolve, fix: .action("Check the port in the address."))
    }

    static func privateAddress(provider: String, _ origin: Origin, _ address: IPAddress) -> Problem {
        Problem(
            "private_address", .permanent,
            "\(origin.host) is \(address.reach.words) (\(address.text)).", rung: .resolve,
            fix: .action("Allow it if that is where \(provider) runs, or correct the address."))
    }

    static func addressForbidden(_ origin: Origin, _ address: IPAddress) -> Problem {
        Problem(
            "address_forbidden", .permanent,
            "\(origin.host) is \(address.reach.words) (\(address.text)), and Max never calls those.", rung: .resolve,
            fix: .action("Correct the address."))
    }

    static func redirectedInside(provider: String, _ origin: Origin) -> Problem {
        Problem(
            "redirect_refused", .permanent,
            "\(provider) sent the request on to \(origin.host), which is not a public address, so it was not followed.",
            rung: .resolve, fix: .action("Check the address."))
    }

    static func notEncrypted(_ origin: Origin) -> Problem {
        Problem(
            "not_encrypted", .permanent, "A credential is not sent to \(origin.host) over an open line.",
            rung: .resolve,
            fix: .action(origin.isLine ? "Choose TLS or STARTTLS." : "Begin the address with https://."))
    }

    static func hostUnknown(_ host: String) -> Problem {
        Problem(
            "host_unknown", .permanent, "There is no host named \(host).", rung: .resolve,
            fix: .action("Check the address for a typing mistake."))
    }

    static func lookupFailed(_ host: String) -> Problem {
        Problem(
            "lookup_failed", .retryable, "The name \(host) could not be looked up just now.", rung: .resolve,
            fix: .action("Check this machine's network connection, then try again."))
    }
}
