package import Hummingbird
package import NIOCore

/// What a request to a double carries.
package protocol SandboxContext: RequestContext where Source == ApplicationRequestContextSource {
    /// The connection, for faults below HTTP.
    var channel: any Channel { get }
}
