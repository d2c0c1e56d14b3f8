import Foundation
import MaxConnector
import MaxCore
import Synchronization

/// A provider in memory: shelves of books with notes, an order of changes, and faults on demand.
final class Provider: Sendable {
    private let world = Mutex(World())

    struct Volume: Sendable, Hashable {
        var shelf: String
        var title: String
        var blurb: String
    }

    struct Remark: Sendable, Hashable {
        let book: String
        var text: String
    }

    /// What a call meets in place of an answer.
    enum Fault: Sendable {
        case problem(Problem)
        case error
        /// Nothing, until the caller is cancelled.
        case silence
    }

    struct Change {
        let shelf: String
        var record: Record?
        var gone: Ref?
        var link: SourcePage.Link?

        /// The last change of each record.
        static func last(of changes: [Change]) -> [Change] {
            var seen: Set<Ref?> = []
            return changes.reversed().filter { seen.insert($0.gone ?? $0.record?.ref).inserted }.reversed()
        }
    }

    struct World {
        var shelves: [String: String] = [:]
        var books: [String: Volume] = [:]
        var notes: [String: Remark] = [:]
        var changes: [Change] = []
        /// The oldest place that the order of changes still knows.
        var oldestPlace = 0
        var pageSize = 3
        var hasTags = false
        var calls: [String] = []
        var faults: [String: [Fault]] = [:]
        var lasting: [String: Fault] = [:]
        var onCall: (@Sendable (String) -> Void)?
        var oddPages: [String: @Sendable (String?) -> Page<Record>] = [:]
    }

    init(shelves: Int = 0, books: Int = 0, notes: Int = 0) {
        for shelf in 0..<shelves {
            addShelf("s\(shelf)")
            for book in 0..<books {
                addBook("s\(shelf)b\(book)", on: "s\(shelf)")
                for note in 0..<notes { addNote("s\(shelf)b\(book)n\(note)", to: "s\(shelf)b\(book)") }
            }
        }
    }
}

// MARK: What it holds

extension Provider {
    func addShelf(_ id: String) { world.withLock { $0.shelves[id] = "Shelf \(id)" } }

    func addBook(_ id: String, on shelf: String, title: String = "Title") {
        world.withLock {
            $0.books[id] = Volume(shelf: shelf, title: title, blurb: "Blurb of \(id)")
            $0.tell(book: id)
        }
    }

    func editBook(_ id: String, title: String) {
        world.withLock {
            $0.books[id]?.title = title
            $0.tell(book: id)
        }
    }

    func deleteBook(_ id: String) {
        world.withLock { world in
            for note in world.notes.filter({ $0.value.book == id }).keys.sorted() { world.delete(note: note) }
            guard let book = world.books.removeValue(forKey: id) else { return }
            world.changes.append(Change(shelf: book.shelf, gone: Ref("Book", id)))
        }
    }

    func addNote(_ id: String, to book: String, text: String = "Text") {
        world.withLock {
            $0.notes[id] = Remark(book: book, text: text)
            $0.tell(note: id)
        }
    }

    func deleteNote(_ id: String) { world.withLock { $0.delete(note: id) } }

    var shelfIDs: [String] { world.withLock { $0.shelves.keys.sorted() } }
    var bookIDs: [String] { world.withLock { $0.books.keys.sorted() } }
    var noteIDs: [String] { world.withLock { $0.notes.keys.sorted() } }

    /// Everything there is, by address.
    var truth: [String: [String: JSON]] {
        world.withLock { world in
            var all: [String: [String: JSON]] = [:]
            for (id, name) in world.shelves { all["Shelf/\(id)"] = ["name": .string(name)] }
            for (id, book) in world.books {
                all["Book/\(id)"] = ["title": .string(book.title), "blurb": .string(book.blurb)]
            }
            for (id, note) in world.notes { all["Note/\(id)"] = ["text": .string(note.text)] }
            return all
        }
    }
}

// MARK: How it behaves

extension Provider {
    /// The calls so far, such as `books s1` or `books s1 @b3` for a later page.
    var calls: [String] { world.withLock { $0.calls } }
    func forgetCalls() { world.withLock { $0.calls = [] } }

    func setPageSize(_ size: Int) { world.withLock { $0.pageSize = size } }
    func setTags(_ hasTags: Bool) { world.withLock { $0.hasTags = hasTags } }

    /// Makes the next calls of that name fail, one after the other.
    func fail(_ call: String, _ faults: Fault...) { world.withLock { $0.faults[call, default: []] += faults } }
    /// Makes every call fail whose name begins so; nil lets them pass again.
    func fail(always call: String, _ fault: Fault?) { world.withLock { $0.lasting[call] = fault } }
    func mend() { world.withLock { ($0.faults, $0.lasting) = ([:], [:]) } }
    /// Runs something before each answer.
    func onCall(_ hook: (@Sendable (String) -> Void)?) { world.withLock { $0.onCall = hook } }
    /// Answers a list in a way of its own.
    func answer(_ list: String, _ page: @escaping @Sendable (String?) -> Page<Record>) {
        world.withLock { $0.oddPages[list] = page }
    }
    /// Forgets the order of changes up to now.
    func forgetPlaces() { world.withLock { $0.oldestPlace = $0.changes.count } }
}

// MARK: What it answers

extension Provider {
    func shelves(_ cursor: String?) async throws -> Page<Record> {
        try await list("shelves", cursor) { world in
            world.shelves.map { Record(Shelf.self, id: $0.key, ["name": .string($0.value)]) }
        }
    }

    func books(of shelf: String, _ cursor: String?, withBlurbs: Bool) async throws -> Page<Record> {
        try await list("books \(shelf)", cursor) { world in
            guard world.shelves[shelf] != nil else { throw Problem.absent }
            return world.books.filter { $0.value.shelf == shelf }.map { $0.value.record($0.key, withBlurb: withBlurbs) }
        }
    }

    func notes(of book: String, _ cursor: String?) async throws -> Page<Record> {
        try await list("notes \(book)", cursor) { world in
            guard world.books[book] != nil else { throw Problem.absent }
            return world.notes.filter { $0.value.book == book }.map { $0.value.record($0.key) }
        }
    }

    func blurbs(of ids: [String]) async throws -> Batch {
        try await meet("blurbs \(ids.joined(separator: " "))")
        return world.withLock { world in
            Batch(
                found: ids.compactMap { id in
                    world.books[id].map { Record(Book.self, id: id, ["blurb": .string($0.blurb)]) }
                }, gone: ids.filter { world.books[$0] == nil })
        }
    }

    func changes(of shelf: String, since place: String?, covering entities: Set<String>) async throws -> SourcePage {
        try await meet("changes \(shelf)" + (place.map { " @\($0)" } ?? ""))
        return try world.withLock { world in
            guard let place = place.flatMap(Int.init) else {
                return SourcePage(records: [], resume: "\(world.changes.count)")
            }
            guard place >= world.oldestPlace else { throw Problem.cursorExpired }
            let end = min(place + world.pageSize, world.changes.count)
            let told = Change.last(of: world.changes[place..<end].filter { $0.shelf == shelf })
            return SourcePage(
                records: told.compactMap(\.record).filter { entities.contains($0.ref.entity) },
                links: told.compactMap(\.link).filter { entities.contains($0.child.entity) },
                gone: told.compactMap(\.gone).filter { entities.contains($0.entity) },
                next: end < world.changes.count ? "\(end)" : nil, resume: "\(end)")
        }
    }

    /// A page of a list in the order of its ids.
    private func list(
        _ name: String, _ cursor: String?, _ items: @Sendable (borrowing World) throws -> [Record]
    ) async throws -> Page<Record> {
        try await meet(name + (cursor.map { " @\($0)" } ?? ""))
        if let odd = world.withLock({ $0.oddPages[name] }) { return odd(cursor) }
        return try world.withLock { world in
            let rest = try items(world).sorted { $0.ref.id < $1.ref.id }.filter { $0.ref.id > cursor ?? "" }
            let page = Array(rest.prefix(world.pageSize))
            if world.hasTags {
                let tag = "\(page.map { "\($0.ref.id) \(JSON.object($0.fields).text)" }) \(rest.count > page.count)"
                if Revalidation.current?.known == tag { throw NotModified() }
                Revalidation.current?.note(tag)
            }
            return Page(page, next: rest.count > page.count ? page.last?.ref.id : nil)
        }
    }

    /// Notes a call and lets it meet the fault that waits for it.
    private func meet(_ call: String) async throws {
        let (hook, fault) = world.withLock { world in
            world.calls.append(call)
            var fault = world.lasting.first { call.hasPrefix($0.key) }?.value
            if world.faults[call]?.isEmpty == false { fault = world.faults[call]?.removeFirst() }
            return (world.onCall, fault)
        }
        hook?(call)
        switch fault {
        case nil: return
        case .problem(let problem): throw problem
        case .error: throw Unexplained()
        case .silence:
            for await _ in AsyncStream<Void>.makeStream().stream {}
            throw CancellationError()
        }
    }

    private struct Unexplained: Error {}
}

extension Provider.World {
    mutating func tell(book id: String) {
        guard let book = books[id] else { return }
        let link = SourcePage.Link(Ref("Shelf", book.shelf), "books", Ref("Book", id))
        changes.append(.init(shelf: book.shelf, record: book.record(id, withBlurb: true), link: link))
    }

    mutating func tell(note id: String) {
        guard let note = notes[id], let shelf = books[note.book]?.shelf else { return }
        let link = SourcePage.Link(Ref("Book", note.book), "notes", Ref("Note", id))
        changes.append(.init(shelf: shelf, record: note.record(id), link: link))
    }

    mutating func delete(note id: String) {
        guard let note = notes.removeValue(forKey: id) else { return }
        changes.append(.init(shelf: books[note.book]?.shelf ?? "", gone: Ref("Note", id)))
    }
}

extension Provider.Volume {
    fileprivate func record(_ id: String, withBlurb: Bool) -> Record {
        var fields: [String: JSON] = ["title": .string(title)]
        if withBlurb { fields["blurb"] = .string(blurb) }
        return Record(Book.self, id: id, fields)
    }
}

extension Provider.Remark {
    fileprivate func record(_ id: String) -> Record { Record(Note.self, id: id, ["text": .string(text)]) }
}
