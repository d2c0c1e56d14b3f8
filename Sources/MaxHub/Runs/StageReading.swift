extension RunProgress {
    /// Whether everything that belongs to a stage is known and over.
    ///
    /// That is its own lists, and those that could still add to them.
    package func isOver(_ stage: Stage) -> Bool {
        stage.over == stage.known && isParentOver(of: stage, visited: [stage.way])
    }

    /// How many records a stage will have in the end; nil while the provider has not told of every list there can be.
    package func total(of stage: Stage) -> Int? {
        total(of: stage, isParentOver: isParentOver(of: stage, visited: [stage.way]))
    }

    /// Whether no record can come any more that would give the stage another list.
    private func isParentOver(of stage: Stage, visited: Set<String>) -> Bool {
        let parent = stage.way.prefix { $0 != "." }
        let sources = stages.filter { $0.entity == parent && !visited.contains($0.way) }
        return sources.allSatisfy {
            $0.over == $0.known && isParentOver(of: $0, visited: visited.union([$0.way]))
        }
    }
}
