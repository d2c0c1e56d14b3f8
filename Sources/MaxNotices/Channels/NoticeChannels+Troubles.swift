package import MaxHub

extension NoticeChannels {
    /// Why what waits in a channel was not taken yet, in a sentence; channels where nothing failed are left out.
    package func troubles() async throws -> [NoticeChannelID: String] {
        var troubles: [NoticeChannelID: String] = [:]
        for channel in try await rows.noticeChannels() where channel.disabledAt == nil {
            let known = try await rows.deliveries(of: channel.id, since: DeliveryPlan.horizon(at: surroundings.now()))
            let failed = known.first { $0.state == .waiting && $0.tries > 0 && $0.said != nil }
            guard let failed, let said = failed.said, let next = failed.nextAt else { continue }
            troubles[channel.id] = "The last try failed. \(said) The next one is at \(Phrase.moment(next))."
        }
        return troubles
    }
}
