internal import MaxConnector

extension UpstreamRequest {
    /// The entity tag that goes with it, so that the provider may answer that nothing changed; nil for none.
    var knownTag: String? { revalidates && method == .get ? Revalidation.current?.known : nil }
}

extension UpstreamResponse {
    /// The entity tag of a whole answer (RFC 9110, section 8.8.3); nil when there is none to compare with later.
    var entityTag: String? {
        guard status == 200, let tag = header("ETag"), tag.utf8.count <= 512 else { return nil }
        let opaque = tag.hasPrefix("W/") ? tag.dropFirst(2) : tag[...]
        guard opaque.utf8.count >= 2, opaque.hasPrefix("\""), opaque.hasSuffix("\"") else { return nil }
        let isSound = opaque.dropFirst().dropLast().utf8.allSatisfy { $0 == 0x21 || (0x23...0x7e).contains($0) }
        return isSound ? tag : nil
    }
}
