import AcmeSandbox
import Foundation
import MaxConnector
import MaxCore
import MaxHTTP
import MaxHub
import Testing

@testable import AcmeConnector

@Suite struct AcmeCollectionTests {
    @Test func `gathers the chosen workspace and nothing of the others`() async throws {
        try await withAcme { context in
            let workspaces = try await children(of: "acme", by: AcmeLoaders.chosenWorkspace, context)
            #expect(workspaces.map(\.ref.id) == [context.workspaceID])

            let projects = try await children(of: context.workspaceID, by: AcmeLoaders.projects, context)
            #expect(!projects.isEmpty)
            #expect(Set(projects.map { $0.fields["workspace"] }) == [.string(context.workspaceID)])

            let people = try await children(of: context.workspaceID, by: AcmeLoaders.people, context)
            #expect(Set(people.map(\.ref.id)).count == people.count && !people.isEmpty)
        }
    }

    @Test func `pages through every task of a project`() async throws {
        try await withAcme(size: AcmeSize(workspaces: 1, users: 3, projects: 1, tasks: 250)) { context in
            let project = try #require(
                try await children(of: context.workspaceID, by: AcmeLoaders.projects, context).first)
            let tasks = try await children(of: project.ref.id, by: AcmeLoaders.tasks, context)
            #expect(Set(tasks.map(\.ref.id)).count == 250)
        }
    }

    @Test func `provides every field of every entity by the loader that claims it`() async throws {
        try await withAcme { context in
            let projects = try await children(of: context.workspaceID, by: AcmeLoaders.projects, context)
            let project = try #require(projects.first)
            let listed = [
                try await children(of: "acme", by: AcmeLoaders.chosenWorkspace, context),
                try await children(of: context.workspaceID, by: AcmeLoaders.people, context), projects,
                try await children(of: project.ref.id, by: AcmeLoaders.tasks, context),
            ]
            for (loader, records) in zip(
                [AcmeLoaders.chosenWorkspace, AcmeLoaders.people, AcmeLoaders.projects, AcmeLoaders.tasks], listed)
            {
                for record in records { #expect(Set(record.fields.keys) == loader.fields, "\(record.ref)") }
            }
        }
    }

    @Test func `reads many at once and tells which are gone`() async throws {
        try await withAcme { context in
            let people = try await children(of: context.workspaceID, by: AcmeLoaders.people, context)
            guard case .batch(let limit, let load) = AcmeLoaders.usersByID.shape else {
                Issue.record("the loader is no batch")
                return
            }
            let ids = people.prefix(limit - 1).map(\.ref.id)
            let batch = try await load(ids + ["usr_0000000000"], context)
            #expect(Set(batch.found) == Set(people.prefix(limit - 1)))
            #expect(batch.gone == ["usr_0000000000"])
        }
    }

    @Test func `plans from the root downwards`() async throws {
        try await withAcme { context in
            let plan = acmeSeeder.plan(context)
            #expect(plan.root == Ref(AcmeRoot.self, "acme"))
            #expect(plan.stages.map(\.field) == ["workspaces", "users", "projects", "tasks"])
        }
    }

    private func children(
        of parent: String, by loader: Loader<AcmeContext>, _ context: AcmeContext
    ) async throws -> [Record] {
        guard case .collection(_, let load) = loader.shape else { return [] }
        var (records, cursor): ([Record], String?) = ([], nil)
        repeat {
            let page = try await load(parent, cursor, context)
            records += page.items
            cursor = page.next
        } while cursor != nil
        return records
    }

    /// Runs a sandbox and hands over the context a connection to its second workspace would have.
    private func withAcme(size: AcmeSize = .small, _ body: (AcmeContext) async throws -> Void) async throws {
        let outbound = Outbound()
        try await AcmeSandbox.serve(AcmeSandboxOptions(seed: 3, size: size)) { provider in
            let url = try #require(URL(string: provider.url))
            let route = UpstreamRoute(
                connector: acme.about, hosts: nil, allowedPrivateHosts: ["\(provider.host):\(provider.port)"])
            let token = CredentialHandle(name: "api_token", label: "API token") { SecretValue(provider.key) }
            let client = AcmeClient(url, token: token, upstream: outbound.upstream(route))
            let workspace = try #require(try await client.workspaces().last)
            try await body(AcmeContext(client: client, workspaceID: workspace.id))
        }
        await outbound.shutdown()
    }
}
