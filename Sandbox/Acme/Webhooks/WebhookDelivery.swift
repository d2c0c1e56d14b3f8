import Crypto
import SandboxKit

/// One message to one webhook, signed.
///
/// The signature is the HMAC-SHA256, under the webhook's secret, of the time in seconds, a dot and the body.
struct WebhookDelivery: Sendable {
    let target: WebhookTarget
    let body: [UInt8]
    let signature: String

    init(_ change: Change, to webhook: Webhook, in world: World) {
        var json = JSONWriter()
        json.object {
            $0.field("id", "evt_\(world.tag)_\(change.sequence)")
            $0.field("type", "\(change.kind.rawValue).\(change.operation.rawValue)")
            $0.field("workspace_id", world.ids.id(.workspace, change.workspace))
            $0.member("change") { change.write(to: &$0) }
        }
        target = webhook.target
        body = json.bytes
        let signed = Array("\(change.at.seconds).".utf8) + body
        let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: Array(webhook.secret.utf8)))
        signature = "t=\(change.at.seconds),v1=" + code.map { Hex.text(UInt64($0), digits: 2) }.joined()
    }

    /// The request as it goes over the wire.
    var request: String {
        """
        POST \(target.path) HTTP/1.1\r
        Host: \(target.host.contains(":") ? "[\(target.host)]" : target.host):\(target.port)\r
        Content-Type: application/json; charset=utf-8\r
        Content-Length: \(body.count)\r
        X-Acme-Signature: \(signature)\r
        Connection: close\r
        \r

        """
    }
}
