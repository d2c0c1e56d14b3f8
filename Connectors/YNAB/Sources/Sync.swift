import Foundation
import MaxConnector
import MaxCore

/// What YNAB's loaders work with.
struct YNABContext: Sendable {
    let client: YNABClient
    let exports: ExportShelf

    init(_ client: YNABClient) {
        self.client = client
        exports = ExportShelf { try await client.export(of: $0) }
    }
}

let ynabSeeder = Seeder<YNABContext> { _ in
    SyncPlan(
        root: Ref(YNABRoot.self, "ynab"),
        stages: [.init(YNABRoot.self, "budgets", title: "Reading the budgets")]
            + Export.Part.allCases.map { .init(YNABBudget.self, $0.rawValue, title: $0.title) },
        feeds: [
            .init(of: YNABBudget.self, YNABLoaders.changes.name, covers: Export.Part.allCases.map { $0.entity })
        ])
}

let ynabResolvers: [Resolver<YNABContext>] =
    [
        Resolver(YNABRoot.self, YNABLoaders.budgets),
        Resolver(YNABBudget.self, YNABLoaders.budgets, YNABLoaders.changes),
    ]
    + Export.Part.allCases.flatMap { part in
        let list = YNABLoaders.list(part)
        return [Resolver(YNABBudget.self, list), Resolver(part.entity, list)]
    }

/// The ways to YNAB's records.
enum YNABLoaders {
    /// Every budget of the person.
    static let budgets = Loader<YNABContext>(
        "budgets", of: YNABBudget.self, provides: YNABBudget.definition.plainFields,
        .collection(.init(of: YNABRoot.self, "budgets")) { _, _, context in
            Page(try await context.client.budgets().map(\.record))
        })

    /// What changed in a budget, deletions included.
    ///
    /// The place from now on comes with everything that is in the budget, from which the lists are made then.
    static let changes = Loader<YNABContext>(
        "changes", of: YNABBudget.self, provides: [],
        .source { budget, cursor, context in
            if let cursor {
                guard let knowledge = Int64(cursor) else { throw Problem.cursorExpired }
                return try await context.client.export(of: budget, since: knowledge).page(of: budget)
            }
            let export = try await context.client.export(of: budget)
            await context.exports.put(export, of: budget)
            return SourcePage(records: [], resume: String(export.knowledge))
        })

    /// A list of a budget, a page at a time, each beginning behind the last record of the one before.
    static func list(_ part: Export.Part) -> Loader<YNABContext> {
        Loader(
            "\(part).list", of: part.entity, provides: part.entity.definition.plainFields,
            .collection(.init(of: YNABBudget.self, part.rawValue)) { budget, cursor, context in
                let all = try await context.exports.records(of: part, of: budget)
                let rest = cursor.map { last in all.drop { $0.ref.id <= last } } ?? all[...]
                let page = rest.prefix(pageSize)
                guard page.count < rest.count else {
                    await context.exports.drop(part, of: budget)
                    return Page(Array(page), total: all.count)
                }
                return Page(Array(page), next: page.last?.ref.id, total: all.count)
            })
    }

    private static let pageSize = 1000
}
