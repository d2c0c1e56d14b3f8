import AcmeSandbox
import Foundation
import MaxCore
import MaxHTTP
import MaxHub
import Testing

@testable import AcmeConnector
@testable import MaxConnector

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

    @Test func `tells the same of a record in the feed, in lists and by its id`() async throws {
        try await withAcme { context in
            let since = try #require(try await changes(context).resume)
            let project = try #require(
                try await children(of: context.workspaceID, by: AcmeLoaders.projects, context).first)
            let task = try #require(try await children(of: project.ref.id, by: AcmeLoaders.tasks, context).first)
            let person = try #require(try await children(of: context.workspaceID, by: AcmeLoaders.people, context).last)
            try await change(person.ref, "users", ["name": "Ürsula"], context)
            try await change(project.ref, "projects", ["name": "Æther"], context)
            try await change(task.ref, "tasks", ["title": "Later", "assignee_id": .string(person.ref.id)], context)

            let page = try await changes(since: since, context)
            #expect(page.records.map(\.ref) == [person.ref, project.ref, task.ref])
            let listed = [
                try await children(of: context.workspaceID, by: AcmeLoaders.people, context),
                try await children(of: context.workspaceID, by: AcmeLoaders.projects, context),
                try await children(of: project.ref.id, by: AcmeLoaders.tasks, context),
            ]
            for (told, list) in zip(page.records, listed) { #expect(list.contains(told)) }
            let workspace = Ref(AcmeWorkspace.self, context.workspaceID)
            #expect(
                page.links == [
                    .init(workspace, "users", person.ref), .init(workspace, "projects", project.ref),
                    .init(project.ref, "tasks", task.ref),
                ])
        }
    }

    @Test func `tells what was added and what is gone, and only the last word on each`() async throws {
        try await withAcme { context in
            let since = try #require(try await changes(context).resume)
            let project = try #require(
                try await children(of: context.workspaceID, by: AcmeLoaders.projects, context).first)
            let tasks = try await children(of: project.ref.id, by: AcmeLoaders.tasks, context)
            let new = try await add("projects/\(project.ref.id)/tasks", ["title": "New"], context)
            try await change(tasks[0].ref, "tasks", ["title": "Soon gone"], context)
            try await delete(tasks[0].ref, "tasks", context)
            let page = try await changes(since: since, context)
            #expect(page.records.map(\.ref) == [Ref(AcmeTask.self, new)])
            #expect(page.gone == [tasks[0].ref])
            let later = try await changes(since: page.resume, context)
            #expect(later.records.isEmpty && later.gone.isEmpty && later.next == nil)
        }
    }

    @Test func `tells that a project took its tasks along`() async throws {
        try await withAcme { context in
            let since = try #require(try await changes(context).resume)
            let projects = try await children(of: context.workspaceID, by: AcmeLoaders.projects, context)
            let project = try #require(projects.first)
            let tasks = try await children(of: project.ref.id, by: AcmeLoaders.tasks, context)
            try await delete(project.ref, "projects", context)
            let page = try await changes(since: since, context)
            #expect(Set(page.gone) == Set([project.ref] + tasks.map(\.ref)))
        }
    }

    @Test func `pages through a long feed without loss`() async throws {
        try await withAcme(size: AcmeSize(users: 2, projects: 1, tasks: 450)) { context in
            let since = try #require(try await changes(context).resume)
            let project = try #require(
                try await children(of: context.workspaceID, by: AcmeLoaders.projects, context).first)
            try await delete(project.ref, "projects", context)
            var (gone, place, pages): (Set<Ref>, String?, Int) = ([], since, 0)
            while let cursor = place {
                let page = try await changes(since: cursor, context)
                gone.formUnion(page.gone)
                (place, pages) = (page.next, pages + 1)
                #expect(page.next == nil || page.next == page.resume)
            }
            #expect(gone.count == 451)
            #expect(pages == 3)
        }
    }

    @Test func `tells that a feed's cursor is no longer known`() async throws {
        try await withAcme { context in
            await #expect(throws: Problem.cursorExpired) { try await changes(since: "chg_of_another_world", context) }
        }
        try await withAcme(fault: .forgetful) { context in
            let cursor = try #require(try await changes(context).resume)
            await #expect(throws: Problem.cursorExpired) { try await changes(since: cursor, context) }
        }
    }

    @Test func `reads an unchanged list once, and again when it changed`() async throws {
        try await withAcme { context in
            let first = Revalidation(known: nil)
            let people = try await Revalidation.$current.withValue(first) {
                try await children(of: context.workspaceID, by: AcmeLoaders.people, context)
            }
            let tag = try #require(first.tag)
            await #expect(throws: NotModified.self) {
                try await Revalidation.$current.withValue(Revalidation(known: tag)) {
                    try await children(of: context.workspaceID, by: AcmeLoaders.people, context)
                }
            }
            try await change(try #require(people.last).ref, "users", ["name": "Other"], context)
            let again = try await Revalidation.$current.withValue(Revalidation(known: tag)) {
                try await children(of: context.workspaceID, by: AcmeLoaders.people, context)
            }
            #expect(again.last?.fields["name"] == "Other")
        }
    }

    @Test func `plans from the root downwards`() async throws {
        try await withAcme { context in
            let plan = acmeSeeder.plan(context)
            #expect(plan.root == Ref(AcmeRoot.self, "acme"))
            #expect(plan.stages.map(\.field) == ["workspaces", "users", "projects", "tasks"])
            #expect(plan.feeds.map(\.covers) == [["AcmeUser", "AcmeProject", "AcmeTask"]])
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

    private func changes(since cursor: String? = nil, _ context: AcmeContext) async throws -> SourcePage {
        guard case .source(let load) = AcmeLoaders.changes.shape else { return SourcePage(records: []) }
        return try await load(context.workspaceID, cursor, context)
    }

    private func change(_ ref: Ref, _ path: String, _ fields: JSON, _ context: AcmeContext) async throws {
        var request = UpstreamRequest.post(context.client.baseURL / "api/v1/\(path)/\(ref.id)", json: fields)
        request.method = .patch
        _ = try await context.client.upstream.send(request.bearer(context.client.token), as: .tasks)
    }

    /// Adds a thing and returns its id.
    private func add(_ path: String, _ fields: JSON, _ context: AcmeContext) async throws -> String {
        let request = UpstreamRequest.post(context.client.baseURL / "api/v1/\(path)", json: fields)
        let answer = try await context.client.upstream.send(request.bearer(context.client.token), as: .tasks)
        return try answer.decode(JSON.self)["id"]?.string ?? ""
    }

    private func delete(_ ref: Ref, _ path: String, _ context: AcmeContext) async throws {
        let request = UpstreamRequest(.delete, context.client.baseURL / "api/v1/\(path)/\(ref.id)")
        _ = try await context.client.upstream.send(request.bearer(context.client.token), as: .tasks)
    }

    /// Runs a sandbox and hands over the context a connection to its second workspace would have.
    private func withAcme(
        size: AcmeSize = .small, fault: AcmeFault? = nil, _ body: (AcmeContext) async throws -> Void
    ) async throws {
        let outbound = Outbound()
        try await AcmeSandbox.serve(AcmeSandboxOptions(seed: 3, size: size)) { provider in
            let url = try #require(URL(string: provider.url))
            let route = UpstreamRoute(
                connector: acme.about, hosts: nil, allowedPrivateHosts: ["\(provider.host):\(provider.port)"])
            let key = fault.map(provider.key) ?? provider.key
            let token = CredentialHandle(name: "api_token", label: "API token") { SecretValue(key) }
            let client = AcmeClient(url, token: token, upstream: outbound.upstream(route))
            let workspace = try #require(try await client.workspaces().last)
            try await body(AcmeContext(client: client, workspaceID: workspace.id))
        }
        await outbound.shutdown()
    }
}
