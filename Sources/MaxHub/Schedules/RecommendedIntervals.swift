package import Foundation
package import MaxConnector

extension ConnectorRegistry {
    /// How many seconds each of those connectors recommends between two syncs.
    package func recommendedIntervals(of names: Set<String>) async -> [String: TimeInterval] {
        var intervals: [String: TimeInterval] = [:]
        for name in names {
            intervals[name] = try? await connector(name).about.syncEvery / .seconds(1)
        }
        return intervals
    }
}
