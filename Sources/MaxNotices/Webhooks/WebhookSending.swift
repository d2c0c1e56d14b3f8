internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// The posting of messages to an address of the owner's choice.
struct WebhookSending: Sendable {
    let upstreams: any UpstreamFactory
    let url: URL
    /// Hosts on this machine or a private network that the owner allowed.
    let allowedHosts: Set<String>

    /// The longest that one post may take.
    static let patience = Duration.seconds(20)
    private static let operation = UpstreamOperation("webhook.post", concurrency: 4)
    /// What tells that the receiver answered with 2xx, and went on for longer than anybody reads.
    private static let talkative: Set<String> = ["answer_too_large", "provider_slow"]

    /// Posts a message; any answer of 2xx says that it was taken.
    ///
    /// - Throws: ``MaxCore/Problem``, with code `gone` where nothing is wanted any more; ``MaxHub/PrivateAddressRefused``.
    func post(_ body: Data, signed headers: [(name: String, value: String)]) async throws {
        let host = url.host(percentEncoded: false) ?? ""
        var route = UpstreamRoute(
            name: "webhook", provider: host, hosts: [host], allowedPrivateHosts: allowedHosts, deadline: Self.patience)
        route.followsRedirects = false
        var request = UpstreamRequest(.post, url).header("Content-Type", "application/json").header("Accept", "*/*")
        request.headers += headers
        request.body = body
        request.maximumBody = 64 << 10
        do { _ = try await upstreams.upstream(route).send(request, as: Self.operation) } catch let problem as Problem
            where Self.talkative.contains(problem.code)
        {}
    }
}
