internal import AsyncHTTPClient
internal import Foundation
internal import NIOCore
internal import NIOSSL

/// Why no connection came about.
enum ConnectFault: Error, Sendable, Hashable {
    /// The address answered that nobody listens.
    case refused
    /// The address did not answer.
    case timedOut
    /// No network leads to the address.
    case unreachable
    /// TCP stood and TLS did not come about.
    case tls(TLSFault)

    /// Whether another address of the same host may do better.
    var isOfOneAddress: Bool {
        switch self {
        case .refused, .timedOut, .unreachable: true
        case .tls: false
        }
    }
}

/// Why TLS did not come about.
enum TLSFault: Error, Sendable, Hashable {
    /// The certificate was not believed, for a reason still to be found.
    case notBelieved
    case expired(Date)
    case notValidBefore(Date)
    case wrongName
    case unknownAuthority
    /// The other side does not speak TLS.
    case notSpoken
    /// The other side closed the connection.
    case closed
    /// The other side did not go on.
    case timedOut
    /// The two sides found no common ground.
    case disagreed
}

extension ConnectFault {
    /// Recognises an error of the network stack; nil for one that came after the connection stood.
    init?(_ error: any Error) {
        switch error {
        case let error as IOError:
            guard let fault = ConnectFault(number: error.errnoCode) else { return nil }
            self = fault
        case ChannelError.connectTimeout: self = .timedOut
        case let error as HTTPClientError where error == .connectTimeout: self = .timedOut
        case let error as HTTPClientError where error == .tlsHandshakeTimeout: self = .tls(.timedOut)
        case let error as NIOSSLExtraError:
            self = .tls(error == .failedToValidateHostname ? .wrongName : .disagreed)
        case NIOSSLError.handshakeFailed(let cause): self = .tls(TLSFault(cause))
        default: return nil
        }
    }

    private init?(number: CInt) {
        switch number {
        case ECONNREFUSED: self = .refused
        case ETIMEDOUT: self = .timedOut
        case ENETUNREACH, EHOSTUNREACH, EADDRNOTAVAIL, ENETDOWN, EHOSTDOWN, EAFNOSUPPORT: self = .unreachable
        default: return nil
        }
    }
}

extension TLSFault {
    /// Reads BoringSSL's reason, which it gives as a word only.
    fileprivate init(_ cause: BoringSSLError) {
        let words = String(describing: cause)
        if words.contains("CERTIFICATE_VERIFY_FAILED") {
            self = .notBelieved
        } else if words.contains("WRONG_VERSION_NUMBER") || words.contains("INVALID_RECORD") {
            self = .notSpoken
        } else if words.contains("EOF during handshake") {
            self = .closed
        } else {
            self = .disagreed
        }
    }
}
