internal import HTTPTypes

/// What a browser says of the page that a request comes from (headers `Origin` and `Sec-Fetch-Site`).
enum Provenance: Sendable, Hashable {
    /// A page of this server.
    case own
    /// Nothing is said: a program, or a browser from before these headers.
    case unknown
    /// A page of somebody else.
    case foreign

    /// Reads it from the headers of a request to one of these origins.
    init(_ headers: HTTPFields, to origins: [ServerOrigin]) {
        let fetchSite = headers[.secFetchSite]
        let isOwnOrigin = headers[.origin].map { origin in
            origins.contains { $0.description == origin.lowercased() }
        }
        if let fetchSite, !["same-origin", "none"].contains(fetchSite) {
            self = .foreign
        } else if let isOwnOrigin {
            self = isOwnOrigin ? .own : .foreign
        } else {
            self = fetchSite == nil ? .unknown : .own
        }
    }
}
