internal import Foundation
internal import MaxEngines
internal import MaxHub
internal import MaxNotices
internal import MaxServer
internal import MaxStore
internal import MaxSync
internal import MaxTerminal
internal import MaxWire

/// The work of `max sync --watch`: syncs every connection when it is time, until it is told to stop.
struct Watching: Sendable {
    let desk: Desk

    func run() async throws {
        try desk.engines.requireStore()
        guard let project = desk.project else { return }
        try await WatchSeat(folder: project.privateFolder).holding { try await watch() }
    }

    private func watch() async throws {
        let keeper = RunKeeper(try desk.engines.sync()) { await tell($0) }
        let notices = try desk.engines.noticeKeeper { tell($0) }
        let home = try ServerSettings(desk.program.settings.environment).publicOrigin?.description
        let deliveries = try desk.engines.deliveryKeeper(home: home)
        desk.say("Syncing every connection when it is time. Ctrl-C stops at a safe point.")
        try await Interrupts.withSignals(endingOnSecond: true) { signals in
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await keeper.run() }
                group.addTask { await notices.run() }
                group.addTask { await deliveries.run() }
                for await _ in signals { break }
                group.cancelAll()
            }
        }
    }

    /// Prints how a sync ended, in one line.
    private func tell(_ run: Run) async {
        let connection = try? await desk.rows.connection(run.connection)
        let body = RunBody(run, of: connection)
        let time = Phrase.moment(run.endedAt ?? desk.program.surroundings.now())
        desk.printer.line("\(time) · \(connection?.slug ?? run.connection.rawValue) · \(body.outcome)")
    }

    /// Prints what the owner has to know, each in one line.
    private func tell(_ notices: [Notice]) {
        for notice in notices {
            desk.printer.line([Phrase.moment(notice.raisedAt), notice.title, notice.sentence].joined(separator: " · "))
        }
    }
}
