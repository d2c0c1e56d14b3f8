import Foundation
import MaxConnector
import MaxCore
import MaxTesting
import Synchronization

/// The notes that a double of Tiny holds.
final class TinyDouble: Sendable {
    private let notes = Mutex<[(id: String, text: String)]>((1...5).map { ("n\($0)", "Note \($0)") })
    static let keys = (dana: "tiny_q7wz3kf9x2mv8b4t6n1r", erin: "tiny_h5j8d2s7c4g9p3l6y1ua")

    var provider: ProviderDouble {
        ProviderDouble(keys: [Self.keys.dana, Self.keys.erin]) { request in
            switch request.path {
            case "/me": .json(["id": request.key == Self.keys.dana ? "u-1001" : "u-2002"])
            case "/notes": .json(self.page(from: request.query["cursor"].flatMap { Int($0) } ?? 0))
            default: .notFound
            }
        }
    }

    var changes: ProviderChanges {
        ProviderChanges {
            self.notes.withLock { $0.append(("n6", "Note 6")) }
            return Record(TinyNote.self, id: "n6", ["text": "Note 6", "stars": 1])
        } edit: {
            self.notes.withLock { $0[2].text = "Another" }
            return Record(TinyNote.self, id: "n3", ["text": "Another"])
        } delete: {
            self.notes.withLock { _ = $0.remove(at: 1) }
            return Ref(TinyNote.self, "n2")
        }
    }

    private func page(from start: Int) -> JSON {
        let notes = notes.withLock { $0 }
        let end = min(start + 2, notes.count)
        let page = notes[min(start, end)..<end].map { note -> JSON in
            ["id": .string(note.id), "text": .string(note.text), "stars": 1]
        }
        return [
            "notes": .array(page), "next": end < notes.count ? .string("\(end)") : .null,
            "end": .string("\(notes.count)"),
        ]
    }
}

/// The suite of a connector against a double of Tiny, which takes the place of a host or is answered as the address.
func suite(
    of connector: any Connector, without missing: ProviderFault? = nil, changing: Bool = true, at host: String? = nil
) -> Conformance {
    Conformance(of: connector) { play in
        let double = TinyDouble()
        try await double.provider.serve { provider in
            var script = ProviderScript(
                answers: host == nil ? ["baseURL": .string(provider.url)] : [:], secret: "token",
                account: TinyDouble.keys.dana, another: TinyDouble.keys.erin,
                faults: provider.faults.filter { $0.key != missing }, changes: changing ? double.changes : nil)
            if let host, let url = URL(string: provider.url) { script.standIns = [host: url] }
            try await play(script)
        }
    }
}
