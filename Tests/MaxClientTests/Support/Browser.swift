import Foundation
import FoundationNetworking
import MaxAccess
import MaxConnector
import MaxCore
import MaxHub
import Testing

/// The owner's browser at a site.
struct Browser {
    let site: LiveSite
    let cookie: String

    init(_ site: LiveSite) async throws {
        let link = try await site.access.makeWelcomeLink()
        let signedIn = try await site.access.choosePassphrase(
            SecretValue("four words make a passphrase"), with: link.text, by: Visitor(address: "127.0.0.1"))
        // Whatever the site's port is: the server takes the cookie that is named after it.
        let port = try #require(URL(string: "\(site.address)")?.port)
        cookie = ["max", "__Host-max"].map { "\($0)-\(port)=\(signedIn.token.text)" }.joined(separator: "; ")
        self.site = site
    }

    func get(_ path: String) async throws -> String {
        var request = URLRequest(url: try #require(URL(string: "\(site.address)\(path)")))
        request.setValue(cookie, forHTTPHeaderField: "Cookie")
        request.httpShouldHandleCookies = false
        let (data, response) = try await URLSession(configuration: .ephemeral).data(for: request)
        #expect((response as? HTTPURLResponse)?.statusCode == 200)
        return String(decoding: data, as: UTF8.self)
    }
}
