package import HTTPTypes
package import Hummingbird
internal import NIOCore

/// A whole HTML page.
package struct Page: Sendable {
    package let title: String
    package let content: [PageElement]

    package init(_ title: String, @PageBuilder _ content: () -> [PageElement]) {
        self.title = title
        self.content = content()
    }

    package func response(_ status: HTTPResponse.Status = .ok) -> Response {
        var html = "<!doctype html>\n"
        tag("html", ["lang": "en"]) {
            tag("head") {
                tag("meta", ["charset": "utf-8"])
                tag("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
                tag("title") { title }
                tag("link", ["rel": "stylesheet", "href": PageStyle.path])
            }
            PageElement.element("body", [:], [.element("main", [:], content)])
        }
        .write(to: &html)
        return Response(status: status, headers: Page.headers, body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
    }

    /// No script runs on a page and nothing comes from elsewhere.
    private static let headers: HTTPFields = [
        .contentType: "text/html; charset=utf-8",
        .cacheControl: "no-store",
        .contentSecurityPolicy:
            "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        .xContentTypeOptions: "nosniff",
    ]
}

extension Page {
    /// A stranger's sign-in page, as public networks put it in the way.
    static let captivePortal = Page("Welcome to Grand Hotel Wi-Fi") {
        tag("h1") { "Welcome to Grand Hotel Wi-Fi" }
        tag("p") { "Please enter your room number to go online." }
    }
}
