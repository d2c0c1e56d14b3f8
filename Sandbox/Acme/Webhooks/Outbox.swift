import NIOCore
import NIOPosix

/// The queue of webhook messages; what does not fit into it, newest kept, is lost, as providers say in small print.
final class Outbox: Sendable {
    private let deliveries: AsyncStream<WebhookDelivery>
    private let queue: AsyncStream<WebhookDelivery>.Continuation

    private static let most = 1_000
    private static let attempts = 3
    private static let patience = Duration.seconds(5)

    init() {
        (deliveries, queue) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Outbox.most))
    }

    func announce(_ change: Change, to webhooks: [Webhook], in world: World) {
        for webhook in webhooks { queue.yield(WebhookDelivery(change, to: webhook, in: world)) }
    }

    /// Delivers in order until the task is cancelled.
    func deliver() async {
        for await delivery in deliveries {
            for attempt in 1...Outbox.attempts {
                if await Outbox.arrives(delivery) || Task.isCancelled { break }
                try? await Task.sleep(for: .milliseconds(100 * attempt))
            }
        }
    }

    /// Sends once; true when the receiver answered 2xx in time.
    private static func arrives(_ delivery: WebhookDelivery) async -> Bool {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask { (try? await send(delivery)) ?? false }
            group.addTask {
                try? await Task.sleep(for: patience)
                return false
            }
            let isAnswered = await group.next() ?? false
            group.cancelAll()
            return isAnswered
        }
    }

    private static func send(_ delivery: WebhookDelivery) async throws -> Bool {
        let connection = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(.seconds(2))
            .connect(host: delivery.target.host, port: delivery.target.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        return try await connection.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(bytes: Array(delivery.request.utf8) + delivery.body))
            var status = ""
            for try await part in inbound {
                status += String(buffer: part)
                if status.utf8.count >= 12 { break }
            }
            return status.hasPrefix("HTTP/1.1 2") || status.hasPrefix("HTTP/1.0 2")
        }
    }
}
