internal import MaxConnector
internal import MaxCore
internal import MaxHub

/// A host that has no sandbox.
struct NoSandboxes: SandboxHost {
    func endpoint(of connector: String) async throws -> SandboxEndpoint {
        throw MaxError("sandbox_missing", "There is no sandbox here.")
    }
}
