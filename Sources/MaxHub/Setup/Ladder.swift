package import MaxCore

/// The way to a provider as far as a check has climbed it: one value that every surface shows unchanged.
package struct Ladder: Sendable, Hashable, Codable {
    /// The rungs from the ground up; one that a check turned out not to need is not among them.
    package private(set) var rungs: [LadderRung]

    /// Creates a ladder of rungs that are all ahead.
    package init(_ rungs: [Rung] = [.resolve, .connect, .tls, .signIn, .identity, .permissions, .record]) {
        self.rungs = rungs.map { LadderRung(rung: $0) }
    }

    /// Creates a ladder as it was told.
    package init(_ rungs: [LadderRung]) { self.rungs = rungs }

    /// The rung under way.
    package var current: Rung? { rungs.first { $0.standing == .underWay }?.rung }

    /// Whether a rung gave way.
    package var isBroken: Bool { rungs.contains { $0.standing == .failed } }

    /// The lowest rung of which nothing could be said, for a reason that may pass.
    package var unproven: LadderRung? { rungs.first { $0.standing == .unproven } }

    /// What is known of a rung; nil where there is none.
    package subscript(rung: Rung) -> LadderRung? { rungs.first { $0.rung == rung } }

    /// Notes where a rung stands.
    package mutating func note(_ rung: Rung, _ standing: LadderRung.Standing, after time: Duration?, _ reason: String?)
    {
        let noted = LadderRung(
            rung: rung, standing: standing, milliseconds: time.map { Int(($0 / .milliseconds(1)).rounded()) },
            reason: reason)
        if let place = rungs.firstIndex(where: { $0.rung >= rung }) {
            if rungs[place].rung == rung { rungs[place] = noted } else { rungs.insert(noted, at: place) }
        } else {
            rungs.append(noted)
        }
    }

    /// Leaves out what is ahead below a rung: the check got there without it.
    package mutating func skip(below rung: Rung) { rungs.removeAll { $0.standing == .ahead && $0.rung < rung } }

    /// Leaves out what is ahead: the check is over.
    package mutating func end() {
        rungs.removeAll { $0.standing == .ahead || $0.standing == .underWay }
    }
}

/// One rung of a ladder.
package struct LadderRung: Sendable, Hashable, Codable {
    package let rung: Rung
    package var standing = Standing.ahead
    /// How long it took, in whole milliseconds.
    package var milliseconds: Int?
    /// Why it is not proven, as the owner's sentence.
    package var reason: String?

    /// Where a rung stands.
    package enum Standing: String, Sendable, Hashable, Codable, CaseIterable {
        case ahead
        case underWay = "under_way"
        case passed
        /// It stood from an earlier call and was not climbed again.
        case stood
        case failed
        /// Nothing could be said of it now.
        case unproven
    }
}
