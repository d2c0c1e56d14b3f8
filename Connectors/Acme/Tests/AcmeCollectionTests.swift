import AcmeSandbox
import MaxCore
import Testing

@testable import AcmeConnector
@testable import MaxConnector

@Suite struct AcmeCollectionTests {
    @Test func `gathers the chosen workspace and nothing of the others`() async throws {
        try await withAcme { hand in
            let workspaces = try await hand.children(of: "acme", by: AcmeLoaders.chosenWorkspace)
            #expect(workspaces.map(\.ref.id) == [hand.context.workspaceID])

            let projects = try await hand.children(of: hand.context.workspaceID, by: AcmeLoaders.projects)
            #expect(!projects.isEmpty)
            #expect(Set(projects.map { $0.fields["workspace"] }) == [.string(hand.context.workspaceID)])

            let people = try await hand.children(of: hand.context.workspaceID, by: AcmeLoaders.people)
            #expect(Set(people.map(\.ref.id)).count == people.count && !people.isEmpty)
        }
    }

    @Test func `pages through every task of a project`() async throws {
        try await withAcme(size: AcmeSize(workspaces: 1, users: 3, projects: 1, tasks: 250)) { hand in
            let project = try #require(
                try await hand.children(of: hand.context.workspaceID, by: AcmeLoaders.projects).first)
            let tasks = try await hand.children(of: project.ref.id, by: AcmeLoaders.tasks)
            #expect(Set(tasks.map(\.ref.id)).count == 250)
        }
    }

    @Test func `provides every field of every entity by the loader that claims it`() async throws {
        try await withAcme { hand in
            let projects = try await hand.children(of: hand.context.workspaceID, by: AcmeLoaders.projects)
            let project = try #require(projects.first)
            let listed = [
                try await hand.children(of: "acme", by: AcmeLoaders.chosenWorkspace),
                try await hand.children(of: hand.context.workspaceID, by: AcmeLoaders.people), projects,
                try await hand.children(of: project.ref.id, by: AcmeLoaders.tasks),
            ]
            for (loader, records) in zip(
                [AcmeLoaders.chosenWorkspace, AcmeLoaders.people, AcmeLoaders.projects, AcmeLoaders.tasks], listed)
            {
                for record in records { #expect(Set(record.fields.keys) == loader.fields, "\(record.ref)") }
            }
        }
    }

    @Test func `reads many at once and tells which are gone`() async throws {
        try await withAcme { hand in
            let people = try await hand.children(of: hand.context.workspaceID, by: AcmeLoaders.people)
            guard case .batch(let limit, let load) = AcmeLoaders.usersByID.shape else {
                Issue.record("the loader is no batch")
                return
            }
            let ids = people.prefix(limit - 1).map(\.ref.id)
            let batch = try await load(ids + ["usr_0000000000"], hand.context)
            #expect(Set(batch.found) == Set(people.prefix(limit - 1)))
            #expect(batch.gone == ["usr_0000000000"])
        }
    }

    @Test func `tells the same of a record in the feed, in lists and by its id`() async throws {
        try await withAcme { hand in
            let since = try #require(try await hand.changes().resume)
            let project = try #require(
                try await hand.children(of: hand.context.workspaceID, by: AcmeLoaders.projects).first)
            let task = try #require(try await hand.children(of: project.ref.id, by: AcmeLoaders.tasks).first)
            let person = try #require(
                try await hand.children(of: hand.context.workspaceID, by: AcmeLoaders.people).last)
            try await hand.edit(person.ref, ["name": "Ürsula"])
            try await hand.edit(project.ref, ["name": "Æther"])
            try await hand.edit(task.ref, ["title": "Later", "assignee_id": .string(person.ref.id)])

            let page = try await hand.changes(since: since)
            #expect(page.records.map(\.ref) == [person.ref, project.ref, task.ref])
            let listed = [
                try await hand.children(of: hand.context.workspaceID, by: AcmeLoaders.people),
                try await hand.children(of: hand.context.workspaceID, by: AcmeLoaders.projects),
                try await hand.children(of: project.ref.id, by: AcmeLoaders.tasks),
            ]
            for (told, list) in zip(page.records, listed) { #expect(list.contains(told)) }
            let workspace = Ref(AcmeWorkspace.self, hand.context.workspaceID)
            #expect(
                page.links == [
                    .init(workspace, "users", person.ref), .init(workspace, "projects", project.ref),
                    .init(project.ref, "tasks", task.ref),
                ])
        }
    }

    @Test func `tells what was added and what is gone, and only the last word on each`() async throws {
        try await withAcme { hand in
            let since = try #require(try await hand.changes().resume)
            let project = try #require(
                try await hand.children(of: hand.context.workspaceID, by: AcmeLoaders.projects).first)
            let tasks = try await hand.children(of: project.ref.id, by: AcmeLoaders.tasks)
            let new = try await hand.add("projects/\(project.ref.id)/tasks", ["title": "New"])
            try await hand.edit(tasks[0].ref, ["title": "Soon gone"])
            try await hand.delete(tasks[0].ref)
            let page = try await hand.changes(since: since)
            #expect(page.records.map(\.ref) == [Ref(AcmeTask.self, new)])
            #expect(page.gone == [tasks[0].ref])
            let later = try await hand.changes(since: page.resume)
            #expect(later.records.isEmpty && later.gone.isEmpty && later.next == nil)
        }
    }

    @Test func `tells that a project took its tasks along`() async throws {
        try await withAcme { hand in
            let since = try #require(try await hand.changes().resume)
            let projects = try await hand.children(of: hand.context.workspaceID, by: AcmeLoaders.projects)
            let project = try #require(projects.first)
            let tasks = try await hand.children(of: project.ref.id, by: AcmeLoaders.tasks)
            try await hand.delete(project.ref)
            let page = try await hand.changes(since: since)
            #expect(Set(page.gone) == Set([project.ref] + tasks.map(\.ref)))
        }
    }

    @Test func `pages through a long feed without loss`() async throws {
        try await withAcme(size: AcmeSize(users: 2, projects: 1, tasks: 450)) { hand in
            let since = try #require(try await hand.changes().resume)
            let project = try #require(
                try await hand.children(of: hand.context.workspaceID, by: AcmeLoaders.projects).first)
            try await hand.delete(project.ref)
            var (gone, place, pages): (Set<Ref>, String?, Int) = ([], since, 0)
            while let cursor = place {
                let page = try await hand.changes(since: cursor)
                gone.formUnion(page.gone)
                (place, pages) = (page.next, pages + 1)
                #expect(page.next == nil || page.next == page.resume)
            }
            #expect(gone.count == 451)
            #expect(pages == 3)
        }
    }

    @Test func `tells that a feed's cursor is no longer known`() async throws {
        try await withAcme { hand in
            await #expect(throws: Problem.cursorExpired) { try await hand.changes(since: "chg_of_another_world") }
        }
        try await withAcme(fault: .forgetful) { hand in
            let cursor = try #require(try await hand.changes().resume)
            await #expect(throws: Problem.cursorExpired) { try await hand.changes(since: cursor) }
        }
    }

    @Test func `reads an unchanged list once, and again when it changed`() async throws {
        try await withAcme { hand in
            let first = Revalidation(known: nil)
            let people = try await Revalidation.$current.withValue(first) {
                try await hand.children(of: hand.context.workspaceID, by: AcmeLoaders.people)
            }
            let tag = try #require(first.tag)
            await #expect(throws: NotModified.self) {
                try await Revalidation.$current.withValue(Revalidation(known: tag)) {
                    try await hand.children(of: hand.context.workspaceID, by: AcmeLoaders.people)
                }
            }
            try await hand.edit(try #require(people.last).ref, ["name": "Other"])
            let again = try await Revalidation.$current.withValue(Revalidation(known: tag)) {
                try await hand.children(of: hand.context.workspaceID, by: AcmeLoaders.people)
            }
            #expect(again.last?.fields["name"] == "Other")
        }
    }

    @Test func `plans from the root downwards`() async throws {
        try await withAcme { hand in
            let plan = acmeSeeder.plan(hand.context)
            #expect(plan.root == Ref(AcmeRoot.self, "acme"))
            #expect(plan.stages.map(\.field) == ["workspaces", "users", "projects", "tasks"])
            #expect(plan.feeds.map(\.covers) == [["AcmeUser", "AcmeProject", "AcmeTask"]])
        }
    }

    /// Runs a sandbox and hands over somebody in its last workspace.
    private func withAcme(
        size: AcmeSize = .small, fault: AcmeFault? = nil, _ body: (AcmeHand) async throws -> Void
    ) async throws {
        try await AcmeSandbox.serve(AcmeSandboxOptions(seed: 3, size: size)) { provider in
            let key = fault.map(provider.key) ?? provider.key
            try await AcmeHand.work(at: provider, key: key, in: { $0.last }, body)
        }
    }
}
