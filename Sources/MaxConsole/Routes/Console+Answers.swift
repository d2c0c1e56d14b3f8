internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import MaxConnector
internal import MaxCore
internal import MaxEngines
internal import MaxHub
internal import MaxServer
internal import NIOCore

extension Console {
    /// Answers with a page.
    func html(_ page: some Page, _ status: HTTPResponse.Status = .ok) -> Response {
        Self.html(ByteBuffer(string: templates.render(page)), status)
    }

    private static func html(_ page: ByteBuffer, _ status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"], body: ResponseBody(byteBuffer: page))
    }

    /// Answers with the page that was made for the same request of the same session a moment ago, when nothing was
    /// written since; otherwise makes it.
    func shelved(
        _ request: Request, _ setting: PageSetting, _ make: () async throws -> some Page
    ) async throws -> Response {
        let label = PageShelf.Label(address: request.uri.description, csrf: setting.csrf)
        let mark = try await engines.requireStore().mark()
        let page = try await shelf.page(label, mark: mark, now: setting.now) {
            ByteBuffer(string: templates.render(try await make()))
        }
        return Self.html(page, .ok)
    }

    /// Sends the browser on, so that loading the next page again repeats nothing.
    func seeOther(_ path: String, _ notice: PageNotice? = nil) -> Response {
        let address = ConsolePath.query(path, [("notice", notice?.rawValue)])
        return Response(status: .seeOther, headers: [.location: address])
    }

    /// What a page of the owner's needs to know.
    ///
    /// - Throws: ``MaxServer/Refusal`` when somebody else asks.
    func setting(_ request: Request, _ context: ServerContext) async throws -> PageSetting {
        _ = try context.requireOwner()
        var setting = PageSetting(csrf: context.csrf ?? "", now: engines.surroundings.now())
        setting.notice = request.word("notice").flatMap(PageNotice.init(rawValue:))
        setting.sources = await knownSources.book(sourceBook)
        setting.unread = (try? await engines.unreadNotices()) ?? 0
        setting.news = bulletin?.number
        return setting
    }

    /// What the owner sent with a form.
    ///
    /// - Throws: ``MaxServer/Refusal`` when somebody else did, or from elsewhere.
    func ownersForm(_ request: Request, _ context: ServerContext) throws -> TypedForm {
        _ = try context.requireOwner()
        return TypedForm(try context.checkedForm(request).fields.map { ($0.name, $0.value) })
    }

    private func sourceBook() async -> SourceBook {
        var descriptors: [ConnectorDescriptor] = []
        for name in engines.registry.names {
            if let connector = try? await engines.registry.connector(name) { descriptors.append(connector.about) }
        }
        return SourceBook(descriptors)
    }
}

extension Request {
    /// A parameter of the address, read as a form writes it (WHATWG URL, 5.1); nil where it is not there or no text.
    func word(_ name: String) -> String? {
        for part in (uri.query ?? "").split(separator: "&") {
            let sides = part.replacing("+", with: " ")
                .split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard sides[0].removingPercentEncoding == name else { continue }
            return sides.count > 1 ? sides[1].removingPercentEncoding : ""
        }
        return nil
    }
}

extension ServerContext {
    /// A part of the path, as it was meant.
    ///
    /// - Throws: ``MaxServer/Refusal`` with status 404 for one that is no text.
    func part(_ name: String) throws -> String {
        guard let part = parameters.get(name)?.removingPercentEncoding else {
            throw Refusal(.notFound, "not_found", "There is nothing at this address.")
        }
        return part
    }
}
