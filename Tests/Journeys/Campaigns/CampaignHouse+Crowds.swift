import Foundation
import MaxCore
import PseudoTerminal
import Testing

/// Several processes that want the same.
extension CampaignHouse {
    /// Starts a second server, which is told no, and lets a watch and a person collect beside the first.
    func crowd() async throws {
        try await serving { server in
            let second = try await run(["serve", "--listen", "127.0.0.1:0"]).finish()
            #expect(second.status == .exited(1), "\(second)")
            #expect(second.err.contains("runs already at \(server.address)"), "\(second)")
            let ended = try endedSyncs()
            let watch = try await run(["sync", "--watch"]).finish { process in
                do {
                    try setClock(ahead: 7200)
                    try await untilEnded(moreThan: ended)
                    try await sync()
                } catch { Issue.record(error) }
                kill(process, SIGTERM)
            }
            #expect(watch.status == .exited(0), "\(watch)")
            #expect(try endedSyncs() == ended + 2, "one when it was time, one by hand")
        }
    }
}
