internal import Foundation
internal import MaxHub

extension Visitor {
    /// What attempts are counted by: an IPv4 address, or the /64 that one IPv6 customer has to itself (RFC 6177).
    var network: String {
        var bytes = in6_addr()
        guard inet_pton(AF_INET6, address, &bytes) == 1 else { return address }
        let all = withUnsafeBytes(of: bytes) { Array($0) }
        let isMapped = all.prefix(12) == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff]
        guard !isMapped else { return all.suffix(4).map { "\($0)" }.joined(separator: ".") }
        return Data(all.prefix(8)).base64EncodedString()
    }
}
