internal import Foundation
internal import MaxCore
internal import MaxHub
internal import MaxStore
internal import Testing

@testable internal import MaxQuery

/// What scopes, entities, addresses and cursors mean.
struct ServiceTests {
    private func withRecords(_ body: (QueryProject) async throws -> Void) async throws {
        try await QueryProject.with { project in
            let (work, home) = (
                try await project.connect("demo", label: "Work"), try await project.connect("home", label: "Home")
            )
            _ = try await project.connect("mail", connector: "mail", label: "Mail")
            try await project.store.prepare(.demo, of: "demo")
            _ = try await project.store.write(
                [
                    Record(DemoTask.self, id: "1", ["title": "One", "assignee": "u1", "status": "open"]),
                    Record(DemoTask.self, id: "2", ["title": "Two", "assignee": "u2", "extra": 5]),
                    Record(DemoUser.self, id: "u1", ["name": "Dana", "email": "dana@x.test"]),
                ], of: work, at: now)
            _ = try await project.store.write(
                [Record(DemoTask.self, id: "1", ["title": "Eins"]), Record(DemoTask.self, id: "9", ["title": "Neun"])],
                of: home, at: now)
            try await body(project)
        }
    }

    @Test(arguments: [
        ("demo", ["demo:1", "demo:2"]), ("home", ["home:1", "home:9"]), ("Home", ["home:1", "home:9"]),
        ("con_home", ["home:1", "home:9"]), ("all", ["demo:1", "demo:2", "home:1", "home:9"]),
        ("Work", ["demo:1", "demo:2"]),
    ])
    func `a scope is a connection by any of its names, or everything`(scope: String, ids: [String]) async throws {
        try await withRecords { project in
            let reply = try await project.service().search(SearchRequest(scope: scope, entity: "DemoTask"))
            #expect(reply.records.map { "\($0.connection):\($0.ref.id)" } == ids)
            #expect(reply.next == nil)
        }
    }

    @Test func `a connector's name is all its connections, unless a connection has that name`() async throws {
        try await withRecords { project in
            let service = project.service()
            #expect(try await service.search(SearchRequest(scope: "demo", entity: "DemoTask")).connections == ["demo"])
            try await project.store.rename(ConnectionID(rawValue: "con_demo"), label: nil, slug: "work")
            let reply = try await service.search(SearchRequest(scope: "demo", entity: "DemoTask"))
            #expect(reply.connections == ["work", "home"])
        }
    }

    @Test(arguments: [
        ("hom", "DemoTask", "connection_not_found", "Did you mean home?"),
        ("nothing-like-it", "DemoTask", "connection_not_found", "Choose one of: demo, home, mail, all."),
        ("all", "DemoTsk", "entity_unknown", "Did you mean DemoTask"),
        ("all", "Invoice", "entity_unknown", "Choose one of: DemoTask, DemoUser, DemoTeam."),
        ("mail", "DemoTask", "entity_unknown", "Ask demo or all."),
        ("mail", "MailMessage", "entity_unknown", "Collect with max sync mail."),
    ])
    func `an unknown name is refused with the nearest ones`(
        scope: String, entity: String, code: String, fix: String
    ) async throws {
        try await withRecords { project in
            let error = await #expect(throws: MaxError.self) {
                try await project.service().search(SearchRequest(scope: scope, entity: entity))
            }
            #expect(error?.code.rawValue == code)
            #expect(error?.fix?.hasPrefix(fix) == true, "\(error?.description ?? "")")
        }
    }

    @Test func `an entity is found whatever the case of its letters`() async throws {
        try await withRecords { project in
            let reply = try await project.service().search(SearchRequest(scope: "home", entity: "demotask"))
            #expect(reply.entity.name == "DemoTask")
            #expect(reply.columns.prefix(3) == ["title", "description", "status"])
        }
    }

    @Test func `gives back the fields that are asked for, over refs too, and nothing else`() async throws {
        try await withRecords { project in
            var request = SearchRequest(scope: "demo", entity: "DemoTask", fields: "title,assignee.email,status")
            let reply = try await project.service().search(request)
            #expect(reply.columns == ["title", "assignee.email", "status"])
            #expect(
                reply.records.map(\.fields) == [
                    ["title": "One", "assignee.email": "dana@x.test", "status": "open"],
                    ["title": "Two", "assignee.email": nil],
                ])
            #expect(reply.records.map(\.others) == [[:], [:]])
            request.fields = nil
            #expect(try await project.service().search(request).records.map(\.others) == [[:], ["extra": 5]])
        }
    }

    @Test func `finds words with and without a filter`() async throws {
        try await withRecords { project in
            var request = SearchRequest(scope: "all", entity: "DemoTask", match: "on* ")
            let found = try await project.service().search(request)
            #expect(found.records.map(\.ref.id) == ["1"])
            request.filter = "assignee IS NULL"
            let none = try await project.service().search(request)
            #expect(none.records.isEmpty)
            request.entity = "DemoTeam"
            let error = await #expect(throws: MaxError.self) { try await project.service().search(request) }
            #expect(error?.code == .filterInvalid)
            request.filter = nil
            let other = await #expect(throws: MaxError.self) { try await project.service().search(request) }
            #expect(other?.code == .matchInvalid)
        }
    }

    @Test(arguments: [0, -1, 10_001, Int.max]) func `refuses a limit out of range`(limit: Int) async throws {
        try await withRecords { project in
            let error = await #expect(throws: MaxError.self) {
                try await project.service().search(SearchRequest(scope: "all", entity: "DemoTask", limit: limit))
            }
            #expect(error?.code == .limitInvalid)
        }
    }

    @Test func `an address leads to its record`() async throws {
        try await withRecords { project in
            let service = project.service()
            for address in ["DemoTask/9", "home:DemoTask/9", "home:demotask/9"] {
                guard case .present(let record, let entity, _, _) = try await service.record(address) else {
                    return #expect(Bool(false))
                }
                #expect(record.ref.description == "home:DemoTask/9")
                #expect(record.fields["title"] == "Neun")
                #expect(entity.name == "DemoTask")
            }
        }
    }

    @Test(arguments: [
        ("DemoTask/1", "ref_ambiguous", "Choose one of: demo:DemoTask/1, home:DemoTask/1."),
        ("DemoTask/77", "record_not_found", nil), ("home:DemoTask/2", "record_not_found", nil),
        ("DemoTask", "ref_invalid", "Write the entity and the id"), ("", "ref_invalid", "Write the entity"),
        ("a:b:c/1", "ref_invalid", "Write the entity"), ("DemoTsk/1", "entity_unknown", "Did you mean DemoTask"),
        ("nowhere:DemoTask/1", "connection_not_found", "Choose one of"),
    ])
    func `an address that leads nowhere or to two records is refused`(
        address: String, code: String, fix: String?
    ) async throws {
        try await withRecords { project in
            let error = await #expect(throws: MaxError.self) { try await project.service().record(address) }
            #expect(error?.code.rawValue == code)
            #expect(fix == nil ? error?.fix == nil : error?.fix?.hasPrefix(fix ?? "") == true)
        }
    }

    @Test func `the schema tells how many there are of each entity`() async throws {
        try await withRecords { project in
            let schema = try await project.service().schema()
            #expect(schema.map(\.entity.name) == ["DemoTask", "DemoUser", "DemoTeam"])
            #expect(schema.map(\.counts) == [["demo": 2, "home": 2], ["demo": 1], [:]])
            #expect(try await project.service().schema("home").map(\.counts) == [["home": 2], [:], [:]])
            #expect(try await project.service().schema("mail").isEmpty)
        }
    }

    @Test func `groups are counted, the largest first, and what is cut is said`() async throws {
        try await withRecords { project in
            var request = CountRequest(scope: "all", entity: "DemoTask", groupBy: "assignee.email")
            let reply = try await project.service().count(request)
            #expect(reply.count == 4)
            #expect(reply.groups == [CountGroup(value: .null, count: 3), CountGroup(value: "dana@x.test", count: 1)])
            #expect(!reply.isCut)
            request.limit = 1
            let cut = try await project.service().count(request)
            #expect(cut.groups.count == 1)
            #expect(cut.isCut)
        }
    }
}
