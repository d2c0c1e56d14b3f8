internal import Foundation
internal import MaxCore
internal import NIOCore

extension ServerSettings {
    private var place: String { "\(host.contains(":") ? "[\(host)]" : host):\(port)" }

    /// Why nothing can be listened on: the address means nothing to this machine.
    var listeningFailed: MaxError {
        MaxError(
            "address_missing", "Max cannot listen on \(place): there is no such host.",
            fix: "Choose an address of this machine with --listen, such as 127.0.0.1:\(port).")
    }

    /// Why nothing can be listened on.
    func listeningFailed(_ error: IOError) -> MaxError {
        switch error.errnoCode {
        case EADDRINUSE:
            return MaxError(
                "port_taken", "Another program listens on \(place) already.",
                fix: "End it, or choose another port with --listen \(host):\(port + 1).")
        case EACCES:
            return MaxError(
                "port_forbidden", "Max may not listen on \(place).", fix: "Choose a port above 1023 with --listen.")
        case EADDRNOTAVAIL:
            return MaxError(
                "address_missing", "This machine has no address \(host).",
                fix: "Choose one it has with --listen, such as 127.0.0.1:\(port).")
        default:
            return MaxError(
                "listening_failed", "Max cannot listen on \(place): \(String(cString: strerror(error.errnoCode))).",
                fix: "Choose another address with --listen.")
        }
    }
}
