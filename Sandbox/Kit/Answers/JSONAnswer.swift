package import HTTPTypes
package import Hummingbird
internal import NIOCore

extension Response {
    /// Answers with JSON.
    package init(status: HTTPResponse.Status = .ok, json: JSONWriter, headers: HTTPFields = [:]) {
        var headers = headers
        headers[.contentType] = "application/json; charset=utf-8"
        self.init(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json.bytes)))
    }

    /// Answers with JSON under an ETag, or with 304 and without writing it when the client has that version
    /// (RFC 9110, section 13.1.2).
    package init(_ request: Request, etag: String, _ body: (inout JSONWriter) -> Void) {
        let headers: HTTPFields = [.eTag: etag, .cacheControl: "private, no-cache"]
        let known = request.headers[.ifNoneMatch] ?? ""
        if known == "*" || known.split(separator: ",").contains(where: { $0.trimming(" ").trimming("W/") == etag }) {
            self.init(status: .notModified, headers: headers)
            self.headers[.contentLength] = nil
            return
        }
        var json = JSONWriter(capacity: 8_192)
        body(&json)
        self.init(json: json, headers: headers)
    }
}

extension Substring {
    /// Drops a prefix as often as it is there.
    fileprivate func trimming(_ prefix: String) -> Substring {
        hasPrefix(prefix) ? dropFirst(prefix.count).trimming(prefix) : self
    }
}

extension HTTPField.Name {
    /// Makes a name known here to be well formed.
    package static func named(_ name: String) -> HTTPField.Name {
        guard let field = HTTPField.Name(name) else { preconditionFailure("\(name) is no header name") }
        return field
    }
}
