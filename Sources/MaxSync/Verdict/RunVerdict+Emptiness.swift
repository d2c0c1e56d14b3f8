internal import MaxCore
internal import MaxHub

extension RunVerdict {
    /// For each entity that the run is about and that has no record: whether the provider said that there is none.
    var emptiness: [String: RunEnding.Emptiness] {
        let coverage = coverage
        let entities = Set(course.map.lists.map(\.children)).filter(course.isAbout).subtracting(stored)
        return Dictionary(uniqueKeysWithValues: entities.map { ($0, emptiness(of: $0, coverage)) })
    }

    private func emptiness(of entity: String, _ coverage: SyncCourse.Coverage) -> RunEnding.Emptiness {
        switch stop {
        case .cancelled: return .unproven(why: "The sync was stopped before every list was read.")
        case .halted, .silent: return .unproven(why: "The sync ended before every list was read.")
        case nil: break
        }
        if coverage.listed.contains(entity) { return .proven(how: howListed(entity)) }
        if wasWhole, coverage.known.contains(entity) {
            return .proven(
                how: "\(provider) has told of every change since everything was read, and there is none now.")
        }
        if course.isContinuation, state == .complete {
            return .proven(how: "\(provider) was asked for every list, over several syncs, and each was empty.")
        }
        return .unproven(why: "Not every list that could have any was read.")
    }

    private func howListed(_ entity: String) -> String {
        let lists = course.map.lists.filter { $0.children == entity }
        let stages = progress.stages.filter { stage in lists.contains { $0.way == stage.way } }
        let read = stages.reduce(0) { $0 + $1.known }
        switch read {
        case 0:
            let parents = Set(lists.map(\.parent)).sorted().joined(separator: ", ")
            return "There is nothing that could have any: no \(parents)."
        case 1: return "\(provider) was asked for the list, and it was empty."
        default: return "\(provider) was asked for all \(read) lists, and each was empty."
        }
    }
}
