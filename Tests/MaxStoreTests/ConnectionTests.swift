internal import Foundation
internal import MaxCore
internal import MaxHub
internal import Testing

struct ConnectionTests {
    @Test(arguments: Backend.allCases)
    func `gives a connection back as it was stored`(backend: Backend) async throws {
        try await backend.withStore { store in
            let connection = Connection.sample()
            try await store.connect(connection)
            #expect(try await store.connection(.one) == connection)
            #expect(try await store.connection(slug: "acme") == connection)
            #expect(
                try await store.connection(connector: "acme", account: "dana", isSandbox: false) == connection)
        }
    }

    @Test(arguments: Backend.allCases)
    func `finds nothing under another name, account or sandbox`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample())
            #expect(try await store.connection(.two) == nil)
            #expect(try await store.connection(slug: "ACME") == nil)
            #expect(try await store.connection(connector: "acme", account: "dana", isSandbox: true) == nil)
            #expect(try await store.connection(connector: "github", account: "dana", isSandbox: false) == nil)
        }
    }

    @Test(arguments: Backend.allCases)
    func `lists the oldest connection first`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample(.one, slug: "young", account: nil, createdAt: noon + 9))
            try await store.connect(.sample(.two, slug: "old", account: nil, createdAt: noon))
            #expect(try await store.connections().map(\.slug) == ["old", "young"])
        }
    }

    @Test(arguments: Backend.allCases)
    func `refuses a second connection of the same slug`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample(.one, account: "dana"))
            #expect(await refusal { try await store.connect(.sample(.two, account: "eve")) } == .nameTaken)
        }
    }

    @Test(arguments: Backend.allCases)
    func `refuses a second connection of the same account`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample(.one, slug: "a"))
            #expect(await refusal { try await store.connect(.sample(.two, slug: "b")) } == .accountTaken)
        }
    }

    @Test(arguments: Backend.allCases)
    func `keeps an account of the sandbox apart from one of the provider`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample(.one, slug: "a"))
            try await store.connect(.sample(.two, slug: "b", isSandbox: true))
            #expect(try await store.connections().count == 2)
        }
    }

    @Test(arguments: Backend.allCases)
    func `lets two connections be without an account`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample(.one, slug: "a", account: nil))
            try await store.connect(.sample(.two, slug: "b", account: nil))
            #expect(try await store.connections().map(\.identity) == [nil, nil])
        }
    }

    @Test(arguments: Backend.allCases)
    func `renames what is given and keeps the rest`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample())
            try await store.rename(.one, label: "At work", slug: nil)
            try await store.rename(.one, label: nil, slug: "work")
            let renamed = try await store.connection(.one)
            #expect(renamed?.label == "At work")
            #expect(renamed?.slug == "work")
        }
    }

    @Test(arguments: Backend.allCases)
    func `refuses to rename to a name in use, and renames nothing then`(backend: Backend) async throws {
        try await backend.withStore { store in
            try await store.connect(.sample(.one, slug: "a", account: "dana"))
            try await store.connect(.sample(.two, slug: "b", account: "eve"))
            #expect(await refusal { try await store.rename(.two, label: "New", slug: "a") } == .nameTaken)
            #expect(try await store.connection(.two) == .sample(.two, slug: "b", account: "eve"))
        }
    }

    @Test(arguments: Backend.allCases)
    func `refuses to rename or revoke what is not there`(backend: Backend) async throws {
        try await backend.withStore { store in
            #expect(await refusal { try await store.rename(.one, label: "x", slug: nil) } == .connectionNotFound)
            #expect(await refusal { try await store.revoke(.one, at: noon) } == .connectionNotFound)
        }
    }
}
