import Foundation
import MaxCore
import MaxHub

@testable import MaxSync

let noon = Date(timeIntervalSince1970: 1_900_000_000)

extension SyncMap {
    /// A desk with shelves of books with notes; blurbs are read apart.
    static func shelves(
        feedCovering covered: Set<String>? = nil, details: [Detail] = []
    ) -> SyncMap {
        SyncMap(
            root: Ref("Desk", "desk"),
            lists: [
                List(parent: "Desk", field: "shelves", children: "Shelf", title: "Reading the shelves"),
                List(
                    parent: "Shelf", field: "books", children: "Book", title: "Collecting books", details: details),
                List(parent: "Book", field: "notes", children: "Note", title: "Collecting notes"),
            ],
            feeds: covered.map { [Feed(way: "changes", parent: "Shelf", covers: $0, title: "Reading changes")] } ?? [])
    }
}

extension SyncMap.Detail {
    static let blurbs = SyncMap.Detail(way: "blurbs", entity: "Book", limit: 10)
}

extension SyncTask {
    /// The list of a shelf's books.
    static func books(
        _ id: Int64 = 1, shelf: String = "s1", cursor: String? = nil, page: Int = 0, attempts: Int = 0,
        isInterrupted: Bool = false, resume: String? = nil, memo: PageMemo? = nil
    ) -> SyncTask {
        SyncTask(
            id: id, job: SyncJob(.collection, "Shelf.books", shelf), cursor: cursor, page: page, attempts: attempts,
            isInterrupted: isInterrupted, resume: resume, memo: memo)
    }

    /// The feed of a shelf.
    static func changes(
        _ id: Int64 = 1, cursor: String? = nil, page: Int = 0, isInterrupted: Bool = false, resume: String? = nil
    ) -> SyncTask {
        SyncTask(
            id: id, job: SyncJob(.feed, "changes", "s1"), cursor: cursor, page: page, isInterrupted: isInterrupted,
            resume: resume)
    }

    /// The blurbs of books.
    static func blurbs(_ id: Int64 = 1, of ids: String...) -> SyncTask {
        SyncTask(id: id, job: SyncJob(.detail, "blurbs", JSON.array(ids.map(JSON.string)).text))
    }
}

extension Problem {
    static let outage = Problem("provider_failed", .retryable, "Shelf has a fault of its own.", rung: .answer)
    static let forbidden = Problem("scope_missing", .auth, "It may not read that.", rung: .permissions)
    static let refused = Problem(
        "credential_refused", .auth, "Shelf rejected this token.", rung: .signIn, fix: .action("Make a new one."))
    static let invalid = Problem("request_refused", .permanent, "Shelf did not take the request.", rung: .answer)
    static let absent = Problem("not_found", .permanent, "Shelf has nothing there.", rung: .answer)
}
