package import Foundation
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix

/// A receiver of webhooks on loopback.
package final class HookReceiver: Sendable {
    /// What was posted so far.
    package let posts = Arrivals<Post>()
    private let channel: any Channel

    /// A request as it came.
    package struct Post: Sendable {
        package let path: String
        /// Its headers, names in lower case.
        package let headers: [String: String]
        package let body: Data
    }

    /// What it answers.
    package struct Answer: Sendable {
        let status: Int
        let headers: [String: String]
        let body: String

        /// None: whoever posted waits.
        package static let silence = Answer(0)

        package init(_ status: Int, _ headers: [String: String] = [:], body: String = "") {
            self.status = status
            self.headers = headers
            self.body = body
        }
    }

    /// The address to post to.
    package var url: String { "http://127.0.0.1:\(channel.localAddress?.port ?? 0)/hook" }

    /// Runs a receiver for as long as `body` takes.
    ///
    /// - Parameter answer: What it says to each post, given its number from 0 on.
    package static func run<Result>(
        answer: @escaping @Sendable (_ number: Int) -> Answer = { _ in Answer(204) },
        _ body: (HookReceiver) async throws -> Result
    ) async throws -> Result {
        let receiver = try await HookReceiver(answer)
        do {
            let result = try await body(receiver)
            try await receiver.channel.close()
            return result
        } catch {
            try? await receiver.channel.close()
            throw error
        }
    }

    private init(_ answer: @escaping @Sendable (Int) -> Answer) async throws {
        let posts = posts
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { child in
                child.eventLoop.makeCompletedFuture {
                    try child.pipeline.syncOperations.configureHTTPServerPipeline()
                    try child.pipeline.syncOperations.addHandler(HookHandler(posts, answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }
}

/// One connection to a receiver of webhooks.
private final class HookHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let posts: Arrivals<HookReceiver.Post>
    private let answer: @Sendable (Int) -> HookReceiver.Answer
    private var head: HTTPRequestHead?
    private var body = Data()

    init(_ posts: Arrivals<HookReceiver.Post>, _ answer: @escaping @Sendable (Int) -> HookReceiver.Answer) {
        self.posts = posts
        self.answer = answer
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): (self.head, body) = (head, Data())
        case .body(let bytes): body += Data(bytes.readableBytesView)
        case .end:
            guard let head else { return }
            let headers = Dictionary(head.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first }
            reply(answer(posts.add(HookReceiver.Post(path: head.uri, headers: headers, body: body))), context)
        }
    }

    private func reply(_ answer: HookReceiver.Answer, _ context: ChannelHandlerContext) {
        guard answer.status > 0 else { return }
        var headers = HTTPHeaders(answer.headers.map { ($0.key, $0.value) })
        headers.replaceOrAdd(name: "Content-Length", value: "\(answer.body.utf8.count)")
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: answer.status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: answer.body)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
    }
}
