import Foundation
import HTTPTypes
import Hummingbird
import MaxCore
import MaxServer
import Testing

@testable import MaxAPI

/// The document and the router are made from one table.
struct DocumentTests {
    @Test func `tells of every route that the router has, and of no other`() throws {
        let told = try #require(Document.json["paths"]?.object).flatMap { path, methods in
            (methods.object ?? [:]).keys.map { "\($0.uppercased()) \(path)" }
        }
        #expect(Set(told) == Set(RouteTable.routes.map { "\($0.method) \($0.path)" }))
        #expect(told.count == RouteTable.routes.count)
    }

    @Test func `names every operation once`() {
        #expect(Set(RouteTable.routes.map(\.name)).count == RouteTable.routes.count)
    }

    @Test func `refers to shapes that it has, and has none that differ under one name`() throws {
        let text = Document.json.text
        let shapes = try #require(Document.json["components"]?["schemas"]?.object)
        let names = Set(text.matches(of: /#\/components\/schemas\/(\w+)/).map { String($0.1) })
        #expect(names.subtracting(shapes.keys) == [])
    }

    @Test(arguments: RouteTable.routes.map(\.name))
    func `declares each parameter of its path, and no other`(name: String) throws {
        let route = try #require(RouteTable.routes.first { $0.name == name })
        let inPath = Set(route.path.matches(of: /\{(\w+)\}/).map { String($0.1) })
        #expect(inPath == Set(route.parameters.filter { $0.place == .path }.map(\.name)))
    }

    @Test func `asks for the proof that each route asks for`() throws {
        let proofs = RouteTable.routes.map { route in
            let told = Document.json.operation(route.method, route.somePath)?["security"]?.array ?? []
            return (route, Set(told.flatMap { $0.object?.keys.sorted() ?? [] }))
        }
        for (route, proof) in proofs {
            #expect(proof.isEmpty == (route.admission == .anyone), "\(route.name)")
            #expect(proof.contains("csrf") == (proof.contains("owner") && route.method != .get), "\(route.name)")
        }
    }

    @Test func `is served to anyone, with a tag`() async throws {
        try await Site.with { site in
            let reply = try await site.stranger.get("/openapi.json")
            #expect(reply.status == 200)
            #expect(reply.json["openapi"] == "3.1.0")
            #expect(reply.json == Document.json)
            #expect(try await site.stranger.get("/openapi.json", with: [.ifNoneMatch: reply.tag]).status == 304)
        }
    }
}
