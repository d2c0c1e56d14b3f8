import MaxWire

extension DeviceAuthorizationBody {
    /// The same with the shortest interval, so that a test does not wait.
    var soon: DeviceAuthorizationBody {
        DeviceAuthorizationBody(
            deviceCode: deviceCode, userCode: userCode, verificationURI: verificationURI, expiresIn: expiresIn,
            interval: 0)
    }
}
