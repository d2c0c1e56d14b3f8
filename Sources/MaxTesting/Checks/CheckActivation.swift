internal import Foundation
internal import MaxConnector
internal import MaxCore
internal import MaxHub
internal import MaxSetup

extension Trial {
    func checkActivation() async throws {
        try await run { bench in
            let connection = try await bench.connect()
            let all = try await bench.store.connections()
            try require(all.count == 1, expected: "one connection", found: "\(all.count)")
            let strangers = try await bench.store.dataKeys().filter { $0.connection != connection.id }
            try require(strangers.isEmpty, expected: "keys of that connection only", found: "\(strangers.count) others")
            for (field, value) in script.answers where connection.config[field] != nil {
                try require(
                    connection.config[field] == value, expected: "“\(field)” as it was answered",
                    found: connection.config[field]?.text ?? "nothing")
            }
        }
        try await Workplace.onDisk { place in
            try await run(at: place) { bench in _ = try await bench.connect() }
        }
    }

    func checkIdentity() async throws {
        let first = try await identity { $0.owner }
        let again = try await identity { $0.owner }
        let other = try await identity { $0.stranger }
        try require(!first.id.isEmpty, expected: "an account id", found: "an empty one")
        try require(
            !first.id.isAddress, expected: "an account id of the provider's",
            found: "“\(first.id)”, which is an address")
        try require(
            first.id != ProcessInfo.processInfo.hostName, expected: "an account id of the provider's",
            found: "the name of this device")
        try require(
            !first.id.contains("@") || first.id == first.id.lowercased(), expected: "an e-mail address in lower case",
            found: "“\(first.id)”")
        try require(
            first.id == again.id, expected: "the same id for the same account",
            found: "“\(first.id)” and then “\(again.id)”")
        try require(first.id != other.id, expected: "another id for another account", found: "“\(other.id)” for both")
    }

    private func identity(_ owner: (SetupBench) -> Owner) async throws -> Identity {
        try await run { bench in
            let reply = try await owner(bench).connect()
            guard let end = reply.view.finish else {
                throw Shortfall(at: reply.view.title, expected: "a connected account", found: reply.view.summary)
            }
            guard let identity = end.identity else {
                throw Shortfall(expected: "whose account it is", found: "no identity")
            }
            return identity
        }
    }
}

extension String {
    /// Whether it is a URL, or an IP address.
    fileprivate var isAddress: Bool {
        var bytes = in6_addr()
        return contains("://") || inet_pton(AF_INET, self, &bytes) == 1 || inet_pton(AF_INET6, self, &bytes) == 1
    }
}
