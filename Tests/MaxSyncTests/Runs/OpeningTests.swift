import Foundation
import MaxConnector
import MaxCore
import MaxHub
import Synchronization
import Testing

@testable import MaxSync

struct OpeningTests {
    @Test func `allows the hosts that the connection may call, and stops at a refusal`() async throws {
        try await Bench.with(Provider()) { bench in
            try await bench.sync()
            let route = try #require(bench.upstreams.routes.first)
            #expect(route.hosts == ["shelf.test"])
            #expect(route.allowedPrivateHosts == ["10.0.0.1"])
            #expect(route.stopsAfterRefusal)
            #expect(route.deadline == .seconds(60))
        }
    }

    @Test func `names the page on which a credential is made`() async throws {
        try await Bench.with(Provider()) { bench in
            try await bench.sync()
            let page = try #require(URL(string: "shelf.test/keys"))
            #expect(bench.upstreams.routes.first?.credentialPage == .link(title: "Create a new token", url: page))
        }
    }

    @Test func `goes to a sandbox where it is now`() async throws {
        let address = Mutex("")
        let shape = ShelfShape(onInstall: { config in address.withLock { $0 = config.address } })
        try await Bench.with(Provider(), shape, isSandbox: true) { bench in
            try await bench.sync()
            #expect(address.withLock { $0 } == "http://127.0.0.1:7117")
            #expect(bench.upstreams.routes.first?.allowedPrivateHosts == ["10.0.0.1", "127.0.0.1:7117"])
        }
    }

    @Test func `says that a config no longer fits`() async throws {
        struct Unreadable: Error {}
        try await Bench.with(Provider(), ShelfShape(onInstall: { _ in throw Unreadable() })) { bench in
            let run = try await bench.sync()
            #expect(run.state == .failed)
            #expect(run.ending?.problem?.code == "config_unfit")
        }
    }

    @Test func `says that a connector has no way to what it plans`() async throws {
        try await Bench.with(Provider(), ShelfShape(plansNonsense: true)) { bench in
            let run = try await bench.sync()
            #expect(run.state == .failed)
            #expect(run.ending?.problem?.sentence?.contains("Shelf.magazines") == true)
            #expect(bench.provider.calls == [])
        }
    }
}
