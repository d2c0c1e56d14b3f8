import Foundation
import HostileServer
import MaxConnector
import MaxCore
import MaxHTTP
import MaxHub
import Synchronization
import Testing

struct PrivateAddressTests {
    @Test(arguments: [
        "127.0.0.1", "127.1", "2130706433", "0x7f.1", "0x7f000001", "017700000001", "0177.0.0.1", "127.0.0.1.", "[::1]",
        "[::ffff:127.0.0.1]", "[::]", "0.0.0.0", "0", "localhost", "LOCALHOST", "localhost.", "acme.localhost",
        "10.0.0.7", "192.168.0.1", "172.16.9.9", "100.64.3.2", "[fd12::1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
        "%31%32%37.0.0.1",
    ])
    func `asks before it calls a private host in any notation`(host: String) async throws {
        try await Provider.reach(.system) { outbound in
            let upstream = outbound.upstream(Provider.route(allowing: []))
            let refusal = await #expect(throws: PrivateAddressRefused.self) {
                try await upstream.send(.get(URL(string: "http://\(host):8080/")!), as: UpstreamOperation("me"))
            }
            #expect(refusal?.problem.code == "private_address")
            #expect(refusal?.problem.rung == .resolve)
            #expect(refusal?.problem.fix != nil)
        }
    }

    @Test(arguments: [
        "169.254.169.254", "0xa9fea9fe", "2852039166", "[fe80::1%25lo]", "[fe80::1]", "[::ffff:169.254.169.254]",
        "[fd00:ec2::254]", "100.100.100.200", "224.0.0.1", "255.255.255.255",
    ])
    func `never calls a metadata, link or group address, even allowed`(host: String) async throws {
        let plain = host.trimmingCharacters(in: ["[", "]"])
        try await Provider.reach(.system) { outbound in
            let upstream = outbound.upstream(Provider.route(allowing: [host, plain, "fe80::1%lo"]))
            let refusal = try await problem {
                try await upstream.send(.get(URL(string: "http://\(host)/")!), as: UpstreamOperation("me"))
            }
            #expect(refusal?.code == "address_forbidden")
        }
    }

    @Test(arguments: ["127.0.0.1", "127.1", "2130706433", "localhost", "acme.localhost", "LocalHost."])
    func `calls a private host that the owner allowed`(host: String) async throws {
        try await HostileServer.run(.always(.answer())) { server in
            let allowed = host.lowercased().trimmingCharacters(in: ["."])
            for route in [Provider.route(allowing: [allowed]), Provider.route(allowing: ["\(allowed):\(server.port)"])]
            {
                try await Provider.reach(.system) { outbound in
                    let answer = try await outbound.upstream(route).send(
                        .get(URL(string: "http://\(host):\(server.port)")!), as: UpstreamOperation("me"))
                    #expect(answer.status == 200)
                }
            }
            #expect(server.requests.count == 2)
        }
    }

    @Test func `allows a host with one port on that port only`() async throws {
        try await Provider.reach { outbound in
            let upstream = outbound.upstream(Provider.route(allowing: ["acme.test:8081"]))
            let refusal = await #expect(throws: PrivateAddressRefused.self) {
                try await upstream.send(.get(URL(string: "http://acme.test:8080")!), as: UpstreamOperation("me"))
            }
            #expect(refusal?.host == "acme.test")
            #expect(refusal?.address == "127.0.0.1")
        }
    }

    @Test func `refuses a name of which one address is private`() async throws {
        let resolver = HostResolver { _ in [IPAddress("93.184.216.34")!, IPAddress("10.0.0.1")!] }
        try await Provider.reach(resolver) { outbound in
            let upstream = outbound.upstream(Provider.route(allowing: []))
            let refusal = await #expect(throws: PrivateAddressRefused.self) {
                try await upstream.send(.get(URL(string: "https://acme.test")!), as: UpstreamOperation("me"))
            }
            #expect(refusal?.address == "10.0.0.1")
        }
    }

    @Test func `dials the address it checked, whatever the name leads to next`() async throws {
        let lookups = Mutex(0)
        let resolver = HostResolver { _ in
            let number = lookups.withLock { count in
                count += 1
                return count
            }
            return [IPAddress(number == 1 ? "127.0.0.1" : "169.254.169.254")!]
        }
        try await HostileServer.run(.always(.answer())) { server in
            let url = URL(string: "http://rebound.test:\(server.port)")!
            var limits = OutboundLimits.patient
            limits.addressLifetime = .zero
            try await Provider.reach(resolver, limits: limits) { outbound in
                let upstream = outbound.upstream(Provider.route(allowing: ["rebound.test"]))
                _ = try await upstream.send(.get(url), as: UpstreamOperation("me"))
                #expect(lookups.withLock { $0 } == 1)
                let second = try await problem { try await upstream.send(.get(url), as: UpstreamOperation("me")) }
                #expect(second?.code == "address_forbidden")
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test(arguments: [("bücher.test", "xn--bcher-kva.test"), ("ACME.Test.", "acme.test"), ("a_b.test", "a_b.test")])
    func `looks a name up in one spelling`(written: String, asked: String) async throws {
        let lookups = Mutex<[String]>([])
        let resolver = HostResolver { host in
            lookups.withLock { $0.append(host) }
            throw HostResolver.Fault.unknown
        }
        try await Provider.reach(resolver) { outbound in
            let url = URL(string: "https://\(written)/")!
            let found = try await problem {
                try await outbound.upstream(Provider.route(allowing: [])).send(.get(url), as: UpstreamOperation("me"))
            }
            #expect(found?.code == "host_unknown")
        }
        #expect(lookups.withLock { $0 } == [asked])
    }

    @Test func `looks a name up once for many requests`() async throws {
        let lookups = Mutex(0)
        let resolver = HostResolver { _ in
            lookups.withLock { $0 += 1 }
            return [IPAddress("127.0.0.1")!]
        }
        try await HostileServer.run(.always(.answer())) { server in
            try await Provider.reach(resolver) { outbound in
                let upstream = outbound.upstream(Provider.route())
                for _ in 0..<3 {
                    _ = try await upstream.send(
                        .get(URL(string: "http://acme.test:\(server.port)")!), as: UpstreamOperation("me"))
                }
            }
            #expect(lookups.withLock { $0 } == 1)
            #expect(server.connections == 1)
        }
    }

    @Test(arguments: [
        ("https://evil.test/", "egress_refused"), ("https://acme.test.evil.test/", "egress_refused"),
        ("https://notacme.test/", "egress_refused"), ("https://api.acme.test:22/", "port_refused"),
        ("ftp://acme.test/", "invalid_address"), ("https://user:word@acme.test/", "invalid_address"),
        ("https:///path", "invalid_address"), ("http://acme.test/", "not_encrypted"),
        ("https://acme.test:65536/", "invalid_address"), ("https://acme.test:9223372036854775807/", "invalid_address"),
    ])
    func `calls no host, port or scheme that is none of the connector's business`(
        address: String, code: String
    ) async throws {
        let resolver = HostResolver { _ in [IPAddress("93.184.216.34")!] }
        try await Provider.reach(resolver) { outbound in
            let upstream = outbound.upstream(Provider.route(hosts: ["acme.test", "*.acme.test"], allowing: []))
            let request = UpstreamRequest.get(URL(string: address)!).bearer(Provider.token)
            let refusal = try await problem { try await upstream.send(request, as: UpstreamOperation("me")) }
            #expect(refusal?.code == code)
            #expect(refusal?.rung == .resolve)
        }
    }
}
