internal import Foundation
internal import MaxCore
package import MaxHub

/// The one who sends what waits in the channels, in `max serve` and in whatever else keeps watch.
///
/// A try is written down before it begins and again when it has ended. Whatever kills the process in between, the same
/// message is sent again later with the same id and body: it arrives at least once, and its receiver knows a repetition.
package struct DeliveryKeeper: Sendable {
    private let channels: NoticeChannels
    private let pause: Duration
    private let story: Story

    /// Tells a notice for somebody elsewhere.
    package typealias Story = @Sendable (Notice) async -> NoticeStory

    /// The longest that a try takes, in seconds; after that another process may begin it.
    private static let longestTry: TimeInterval = 120
    /// How many messages go through one channel before the others are looked at again.
    private static let mostAtOnce = 10

    /// Creates a keeper.
    ///
    /// - Parameters:
    ///   - pause: How long to rest between two looks.
    ///   - story: Tells a notice with the words of the project at hand.
    package init(_ channels: NoticeChannels, pause: Duration = .seconds(1), story: @escaping Story) {
        self.channels = channels
        self.pause = pause
        self.story = story
    }

    /// Sends what is due until the task is cancelled.
    package func run() async { await send(looks: .max) }

    /// Sends everything that is due now.
    package func sendAll() async { await send(looks: 1) }

    /// Sends what is due at so many looks, and returns when all of it has ended.
    ///
    /// Each channel goes on by itself, one message after the other: a slow one holds up none but its own.
    private func send(looks: Int) async {
        await withTaskGroup(of: NoticeChannelID?.self) { group in
            var (busy, left) = (Set<NoticeChannelID>(), looks)
            group.addTask { nil }
            for await ended in group {
                if let ended {
                    busy.remove(ended)
                    continue
                }
                guard left > 0, !Task.isCancelled else { continue }
                left -= 1
                for channel in await channelsInUse() where busy.insert(channel.id).inserted {
                    group.addTask {
                        try? await send(through: channel)
                        return channel.id
                    }
                }
                if left > 0 { group.addTask { await rest() } }
            }
        }
    }

    /// Waits until it is time for another look, which is what nil stands for.
    private func rest() async -> NoticeChannelID? {
        try? await Task.sleep(for: pause)
        return nil
    }

    private func channelsInUse() async -> [NoticeChannel] {
        (try? await channels.rows.noticeChannels().filter { $0.disabledAt == nil }) ?? []
    }

    private var now: Date { channels.surroundings.now() }

    private func send(through channel: NoticeChannel) async throws {
        for _ in 0..<Self.mostAtOnce {
            let since = DeliveryPlan.horizon(at: now)
            let deliveries = try await channels.rows.deliveries(of: channel.id, since: since)
            guard let plan = DeliveryPlan.next(deliveries, at: now), try await send(plan, through: channel) else {
                return
            }
        }
    }

    /// Sends a message.
    ///
    /// - Returns: Whether the channel can be gone on with.
    private func send(_ plan: DeliveryPlan, through channel: NoticeChannel) async throws -> Bool {
        let tries = plan.tries + 1
        let next = DeliverySchedule.next(after: tries, at: now) ?? now
        let end = max(next, now + Self.longestTry)
        let tellings = try await channels.rows.begin(plan.dispatch, tries: plan.tries, until: end)
        guard !tellings.isEmpty else { return false }
        let stories = try await stories(of: tellings, in: plan.dispatch)
        let refusal = await refusal { try await send(stories, as: plan.dispatch.message, through: channel) }
        guard let refusal else {
            try await channels.rows.end(plan.dispatch, .sent, at: now)
            return true
        }
        try await note(refusal, of: plan.dispatch, tries, channel)
        return false
    }

    /// How notices are told: as they were told before, whatever has changed since then.
    private func stories(
        of tellings: [NoticeTelling], in dispatch: NoticeDispatch
    ) async throws -> [NoticeStory] {
        var (stories, news) = ([NoticeStory](), [NoticeID: JSON]())
        for telling in tellings {
            if let told = telling.told {
                stories.append(NoticeStory(telling.notice, told: told))
            } else {
                let story = await story(telling.notice)
                stories.append(story)
                news[telling.notice.id] = story.told
            }
        }
        if !news.isEmpty { try await channels.rows.keep(news, of: dispatch) }
        return stories
    }

    private func send(
        _ stories: [NoticeStory], as message: NoticeMessageID, through channel: NoticeChannel
    ) async throws {
        if let webhook = Webhook(channel) {
            try await channels.post(NoticePayload.body(stories), as: message, to: webhook, at: now)
        } else if let mail = MailChannel(channel) {
            try await channels.send(NoticeLetter(stories), as: message, through: mail, at: now)
        }
    }

    private func note(
        _ refusal: DeliveryRefusal, of dispatch: NoticeDispatch, _ tries: Int, _ channel: NoticeChannel
    ) async throws {
        let rows = channels.rows
        if refusal.isFinal { return try await rows.disable(channel.id, because: refusal.sentence, at: now) }
        if refusal.isInterruption {
            return try await rows.end(dispatch, .failed(refusal.sentence, next: now), at: now)
        }
        if refusal.mayPass, let next = DeliverySchedule.next(after: tries, at: now, wish: refusal.wish) {
            return try await rows.end(dispatch, .failed(refusal.sentence, next: next), at: now)
        }
        try await rows.end(dispatch, .givenUp(refusal.sentence), at: now)
        if DeliveryVerdict.isLost(try await rows.failures(of: channel.id), at: now) {
            try await rows.disable(channel.id, because: refusal.sentence, at: now)
        }
    }

    private func refusal(_ work: () async throws -> Void) async -> DeliveryRefusal? {
        do {
            try await work()
            return nil
        } catch {
            return DeliveryRefusal(error)
        }
    }
}
