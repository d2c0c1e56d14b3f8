internal import MaxEngines
internal import MaxHub
internal import MaxTerminal
internal import Synchronization

/// A check as a terminal shows it: each rung with its time, while it is climbed and when it is over.
final class Climb: Sendable {
    private let provider: String
    private let ladder = Mutex<Ladder?>(nil)

    init(provider: String) { self.provider = provider }

    func note(_ ladder: Ladder) { self.ladder.withLock { $0 = ladder } }

    /// A line for each rung; when it is over only those that are behind, and one line for all where nothing is amiss.
    func lines(isOver: Bool) -> [StyledText] {
        guard let ladder = ladder.withLock(\.self), !ladder.rungs.isEmpty else { return [] }
        let isWhole = !ladder.isBroken && ladder.unproven == nil
        if isOver, isWhole {
            let names = ladder.rungs.map { $0.rung.name.lowercased() }.joined(separator: ", ")
            let time = Phrase.span(Double(ladder.rungs.compactMap(\.milliseconds).reduce(0, +)) / 1000)
            return ["\("✓", .good) \("Checked with \(provider) in \(time): \(names)", .dim)"]
        }
        return ladder.rungs.filter { !isOver || $0.standing != .ahead }.map(\.line)
    }

    /// Leaves what is known on the screen, where a person saw it grow.
    func tell(on terminal: Terminal) {
        guard terminal.isLive else { return }
        for line in lines(isOver: true) { terminal.tell(line) }
    }
}

extension LadderRung {
    /// The rung with its mark and what there is to say of it.
    fileprivate var line: StyledText {
        let name = rung.name.padding(to: 13)
        return switch standing {
        case .ahead: "  \("·", .dim) \(name, .dim)"
        case .underWay: "  \("›", .accent) \(name) \("…", .dim)"
        case .passed, .stood: "  \("✓", .good) \(name) \(detail, .dim)"
        case .failed: "  \("✗", .bad) \(name, .strong) \(detail, .dim)"
        case .unproven: "  \("!", .warning) \(name) \("\(detail)\(reason.map { ": \($0)" } ?? "")", .dim)"
        }
    }
}

extension String {
    fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
