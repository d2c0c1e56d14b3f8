internal import MaxCore
internal import MaxHub

extension MaxError {
    static func entityUnknown(_ name: String) -> MaxError {
        MaxError(.entityUnknown, "No connector here has an entity \(name.quoted).", fix: "List the entities there are.")
    }

    static func entityTaken(_ name: String, by connector: String) -> MaxError {
        MaxError(
            .entityTaken, "The connector \(connector.quoted) has an entity \(name.quoted) already.",
            fix: "Give the entity another name in the connector's schema.")
    }

    static func entityUnusable(_ name: String, because reason: String) -> MaxError {
        MaxError(
            .entityUnusable, "Records of \(name.quoted) cannot be kept: \(reason).",
            fix: "Change that in the connector's schema.")
    }
}
