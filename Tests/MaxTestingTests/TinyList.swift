import Foundation
import MaxConnector
import MaxCore
import Synchronization

/// The notes of an account, read two at a time, and wrongly as asked.
final class TinyList: Sendable {
    private let client: TinyClient
    private let defect: Defect?
    private let remembered = Mutex<[String: Page<Record>]>([:])

    init(client: TinyClient, defect: Defect?) {
        self.client = client
        self.defect = defect
    }

    private struct Answer: Decodable {
        let notes: [Note]
        let next: String?
        let end: String

        struct Note: Decodable {
            let id: String
            let text: String
            let stars: Int64?
        }
    }

    func page(from cursor: String?) async throws -> Page<Record> {
        do {
            return try await defect == .pagesRemembered ? rememberedPage(from: cursor) : read(from: cursor)
        } catch let problem as Problem {
            return try await page(insteadOf: problem)
        }
    }

    private func page(insteadOf problem: Problem) async throws -> Page<Record> {
        switch defect {
        case .refusalAsEmptyList where problem.rung == .signIn: return Page([])
        case .scopeAsEmptyList where problem.rung == .permissions: return Page([])
        case .limitAsMissingPermission where problem.code == "rate_limited":
            throw Problem("scope_missing", .auth, "Tiny does not permit this.", rung: .permissions)
        case .errorAsEmptyList where problem.code == "answer_not_understood": return Page([])
        case .waitAsTheEnd where problem.retryAfter != nil: throw Problem("busy", .permanent, problem.sentence)
        case .triesForEver:
            for _ in 0..<20 { _ = try? await client.get("notes") }
            throw problem
        default: throw problem
        }
    }

    /// Reads every page at once, and later gives what it still knows.
    private func rememberedPage(from cursor: String?) async throws -> Page<Record> {
        if let cursor { return remembered.withLock { $0[cursor] } ?? Page([]) }
        let first = try await read(from: nil)
        var next = first.next
        while let place = next {
            let page = try await read(from: place)
            remembered.withLock { $0[place] = page }
            next = page.next
        }
        return first
    }

    private func read(from cursor: String?) async throws -> Page<Record> {
        if defect == .nothingListed { return Page([]) }
        let response = try await client.get("notes", cursor.map { [URLQueryItem(name: "cursor", value: $0)] } ?? [])
        let answer: Answer
        do { answer = try response.decode() } catch  where defect == .answerStoredUnread {
            return Page([record(id: "raw", String(decoding: response.body, as: UTF8.self), stars: 0)])
        }
        let secret = try await defect == .secretInRecord ? client.secret() : ""
        return Page(
            answer.notes.map { record(id: $0.id, $0.text + secret, stars: $0.stars) }, next: answer.next,
            resume: defect == .onlyTheEndAgain ? answer.end : nil)
    }

    private func record(id: String, _ text: String, stars: Int64?) -> Record {
        let text = defect == .anotherTextEachTime ? "\(text) \(UUID())" : text
        var fields: [String: JSON] = ["text": .string(text), "stars": stars.map(JSON.integer) ?? .null]
        if defect == .fieldNeverTold { fields["stars"] = nil }
        if defect == .fieldOfAnotherKind { fields["stars"] = "many" }
        return Record(TinyNote.self, id: id, fields)
    }
}
