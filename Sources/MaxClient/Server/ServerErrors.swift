internal import AsyncHTTPClient
package import MaxCore
internal import MaxHub
internal import NIOCore
internal import NIOHTTP1
internal import NIOSSL

extension MaxError.Code {
    /// Nothing answers at the server's address.
    package static let serverUnreachable: Self = "server_unreachable"
    /// What answers cannot prove that it is the server.
    package static let serverUntrusted: Self = "server_untrusted"
    /// The server did not answer in time, or not to the end.
    package static let serverSilent: Self = "server_silent"
    /// What came is nothing that a server of Max says.
    package static let serverUnfit: Self = "server_unfit"
    /// Nobody has logged in to the server from here.
    package static let loginMissing: Self = "login_missing"
    /// The login is over: it was revoked, or its days have passed.
    package static let loginEnded: Self = "login_ended"
}

extension ServerAddress {
    /// What an error of the exchange with the server means to whoever asked.
    func error(_ fault: any Error) -> any Error {
        switch fault {
        case is CancellationError, is MaxError, is Problem: fault
        case let fault as HTTPClientError: error(fault)
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: untrusted
        case is NIOTooManyBytesError: tooLarge
        case HTTPParserError.invalidEOFState, HTTPParserError.closedConnection: silent
        case is HTTPParserError: unfit
        default: unreachable
        }
    }

    private func error(_ fault: HTTPClientError) -> any Error {
        switch fault {
        case .cancelled: CancellationError()
        case .tlsHandshakeTimeout: untrusted
        case .connectTimeout, .getConnectionFromPoolTimeout: unreachable
        case .readTimeout, .writeTimeout, .deadlineExceeded, .remoteConnectionClosed: silent
        default: unfit
        }
    }

    private var unreachable: MaxError {
        MaxError(
            .serverUnreachable, "Nothing answers at \(self).",
            fix: "Check the address, and that max serve runs there.")
    }

    private var untrusted: MaxError {
        MaxError(
            .serverUntrusted, "What answers at \(self) could not prove that it is that server; nothing was sent to it.",
            fix: "Check the address and the server's certificate.")
    }

    private var silent: MaxError {
        MaxError(
            .serverSilent, "The server at \(self) did not answer to the end.",
            fix: "Try again; if it stays so, look at the server's log.")
    }

    private var tooLarge: MaxError {
        MaxError(
            .serverUnfit, "The answer of \(self) is larger than any that is asked for.",
            fix: "Ask for less, and check that the address is that of a Max server.")
    }

    /// The error for an answer that no server of Max gives.
    var unfit: MaxError {
        MaxError(
            .serverUnfit, "What answers at \(self) does not speak as a Max server does.",
            fix: "Check the address, and whether a proxy answers in the server's place.")
    }

    /// The error for an answer that sends elsewhere; nobody follows it with a token.
    func moved(to place: String?) -> MaxError {
        MaxError(
            .serverUnfit,
            "\(self) sends elsewhere\(place.map { ", to \($0.shown(atMost: 200))" } ?? ""), and Max does not follow.",
            fix: "Use the address at which the server itself answers.")
    }

    /// The error for a request that nobody was let in for.
    func loggedOut(hadToken: Bool) -> MaxError {
        hadToken
            ? MaxError(
                .loginEnded, "The login to \(self) is over: it was revoked, or its time has passed.",
                fix: "Log in again with max login \(self).")
            : MaxError(.loginMissing, "You are not logged in to \(self).", fix: "Log in with max login \(self).")
    }
}
