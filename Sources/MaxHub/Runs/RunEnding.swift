package import MaxCore

/// How a run ended, and what is to be known of it.
package struct RunEnding: Sendable, Hashable, Codable {
    /// The one reason why it is not complete, with the one thing that mends it.
    package var problem: Problem?
    /// What could not be had, grouped by stage and cause; the most frequent first.
    package var missing: [Missing]
    /// For each entity of the plan without a record: whether the provider said that there is none.
    package var emptiness: [String: Emptiness]

    package init(problem: Problem? = nil, missing: [Missing] = [], emptiness: [String: Emptiness] = [:]) {
        self.problem = problem
        self.missing = missing
        self.emptiness = emptiness
    }

    /// Collections or records of one stage that failed for one reason.
    package struct Missing: Sendable, Hashable, Codable {
        /// The stage's title.
        package let stage: String
        /// The entity that is incomplete.
        package let entity: String
        /// How many lists or batches failed so.
        package var count: Int
        /// What failed, as refs of the records whose children or fields are missing; at most five.
        package var examples: [String]
        package let problem: Problem
        package let healing: Healing

        package init(
            stage: String, entity: String, count: Int, examples: [String], problem: Problem, healing: Healing
        ) {
            self.stage = stage
            self.entity = entity
            self.count = count
            self.examples = examples
            self.problem = problem
            self.healing = healing
        }
    }

    /// Whether what is missing will come.
    package enum Healing: String, Sendable, Hashable, Codable {
        /// The next sync tries again, and nobody has to do anything.
        case nextSync = "next_sync"
        /// Only when the owner has done what the problem says.
        case owner
    }

    /// Whether no record means that there is none.
    package enum Emptiness: Sendable, Hashable, Codable {
        /// The provider said so; `how` is a sentence.
        case proven(how: String)
        /// Nobody could tell; `why` is a sentence.
        case unproven(why: String)
    }
}
