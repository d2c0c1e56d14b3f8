public import MaxCore

/// The plain data a connection is configured with: decoded, validated and versioned, never holding a secret.
///
/// The platform stores it as JSON under the names of its stored properties, so keep the synthesised coding keys.
public protocol ConnectorConfig: Codable, Sendable {
    /// The version of the shape, to be raised when a field is renamed or changes its meaning; 1 unless declared.
    static var version: Int { get }

    /// Brings JSON that an earlier version stored into today's shape; returns it unchanged unless declared.
    static func migrate(_ stored: JSON, from version: Int) throws -> JSON

    /// Checks what no single field can tell; accepts everything unless declared.
    ///
    /// - Throws: ``MaxCore/Problem`` naming the field to ask again.
    func validate() throws
}

extension ConnectorConfig {
    public static var version: Int { 1 }
    public static func migrate(_ stored: JSON, from version: Int) throws -> JSON { stored }
    public func validate() throws {}
}

/// The config of a connector that needs none.
public struct NoConfig: ConnectorConfig {
    /// Creates it.
    public init() {}
}
