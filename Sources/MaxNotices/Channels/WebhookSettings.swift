package import Foundation
package import MaxCore
package import MaxHub

/// A webhook: where notices are posted to.
package struct Webhook: Sendable, Hashable {
    package let id: NoticeChannelID
    package var settings: WebhookSettings
    /// The kinds that are posted; empty for all.
    package var kinds: Set<NoticeKind>
    package let createdAt: Date
    /// Since when and why it is out of use; nil while it is in use.
    package var end: ChannelEnd?
}

/// Why a channel is out of use.
package struct ChannelEnd: Sendable, Hashable {
    package let at: Date
    package let sentence: String
}

/// What a webhook needs to be posted, but for its secrets.
package struct WebhookSettings: Sendable, Hashable, Codable {
    package var url: URL
    /// Hosts on this machine or a private network that the owner allowed.
    package var allowedHosts: [String]
    /// Until when the secret before this one signs too; nil when there is none.
    package var previousUntil: Date?

    /// The longest address.
    private static let longest = 2_048

    /// Reads an address as people write it.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `webhook_address_invalid`.
    package init(_ text: String, allowing hosts: [String] = []) throws {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard text.utf8.count <= Self.longest, text.utf8.allSatisfy({ (0x21...0x7e).contains($0) }),
            let url = URL(string: text), let scheme = url.scheme?.lowercased(), ["https", "http"].contains(scheme),
            let host = url.host(percentEncoded: false), !host.isEmpty, !host.hasSuffix(".")
        else { throw MaxError.webhookAddressInvalid("That is not the address of a page on the web.") }
        guard url.user == nil, url.password == nil, url.fragment == nil else {
            throw MaxError.webhookAddressInvalid("A webhook’s address has neither a user name nor a part behind #.")
        }
        guard scheme == "https" || hosts.contains(where: { Self.isSame($0, host, url.port) }) else {
            throw MaxError.webhookAddressInvalid(
                "Notices are posted over an encrypted connection, and this address begins with http://.")
        }
        self.url = url
        allowedHosts = hosts
    }

    private static func isSame(_ allowed: String, _ host: String, _ port: Int?) -> Bool {
        [host, "[\(host)]"].contains { name in
            allowed.lowercased() == name.lowercased()
                || port.map { allowed.lowercased() == "\(name.lowercased()):\($0)" } ?? false
        }
    }
}

extension MaxError.Code {
    /// An address is none that a webhook can have.
    package static let webhookAddressInvalid: Self = "webhook_address_invalid"
    /// There is no webhook of that id.
    package static let webhookNotFound: Self = "webhook_not_found"
    /// There are as many webhooks as there may be.
    package static let webhooksFull: Self = "webhooks_full"
}

extension MaxError {
    fileprivate static func webhookAddressInvalid(_ message: String) -> MaxError {
        MaxError(.webhookAddressInvalid, message, fix: "Give one like https://hooks.example.com/max.")
    }
}
