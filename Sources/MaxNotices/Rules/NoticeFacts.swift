package import Foundation
package import MaxHub

/// What notices are made of.
package struct NoticeFacts: Sendable {
    package var connections: [ConnectionReport]
    package var devices: [DeviceReport]
    package var disk: DiskHeadroom
    package var diskBounds: DiskBounds

    package init(
        connections: [ConnectionReport] = [], devices: [DeviceReport] = [], disk: DiskHeadroom = .ample,
        diskBounds: DiskBounds = DiskBounds()
    ) {
        self.connections = connections
        self.devices = devices
        self.disk = disk
        self.diskBounds = diskBounds
    }
}

/// A connection with how it is.
package struct ConnectionReport: Sendable {
    package let connection: Connection
    /// What people call the connector.
    package let source: String
    package let health: ConnectionHealth
    /// The provider's page where its credential is made.
    package let link: URL?

    package init(_ connection: Connection, source: String, health: ConnectionHealth, link: URL? = nil) {
        self.connection = connection
        self.source = source
        self.health = health
        self.link = link
    }

    /// For people: “Gmail tim@gmail.com”; the label alone when it names the source itself.
    var name: String {
        let label = connection.label
        return label.contains(source) ? label : "\(source) \(label)"
    }
}

/// A device with when it was heard of.
package struct DeviceReport: Sendable {
    /// Its unguessable name, for ever.
    package let id: String
    /// What people call it.
    package let label: String
    package let heardAt: Date
    /// After how many seconds without a word it is silent.
    package let patience: TimeInterval

    package init(id: String, label: String, heardAt: Date, patience: TimeInterval = 86400) {
        self.id = id
        self.label = label
        self.heardAt = heardAt
        self.patience = patience
    }
}
