internal import Foundation
internal import MaxCore
internal import MaxHub

extension Settings {
    /// From how little room on the disk of a project on something is done about it.
    ///
    /// - Throws: ``MaxCore/MaxError`` with code `setting_invalid`.
    func diskBounds(of project: Project?) throws -> DiskBounds {
        let usual = project?.disk.map { DiskBounds.usual(ofDisk: $0.size) } ?? DiskBounds()
        return DiskBounds(
            warning: try Self.size(diskWarning, of: "MAX_DISK_LOW") ?? usual.warning,
            reserve: try Self.size(diskReserve, of: "MAX_DISK_RESERVE") ?? usual.reserve)
    }

    /// Reads a number of bytes with its unit: `500MB`, `2 GB`, `0`.
    private static func size(_ text: String?, of setting: String) throws -> Int? {
        guard let text else { return nil }
        let units = ["": 1.0, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12]
        guard let found = text.uppercased().wholeMatch(of: /\s*(\d{1,6}(?:\.\d{1,3})?)\s*([KMGT]B)?\s*/),
            let number = Double(found.1), let unit = units[found.2.map(String.init) ?? ""], unit > 1 || number == 0
        else {
            throw MaxError(
                "setting_invalid", "\(setting) is \(text.quoted), which is no size.",
                fix: "Write a number with its unit, such as 500MB or 2GB.")
        }
        return Int(number * unit)
    }
}

extension Project {
    /// The disk that the project lies on, in bytes; nil where nobody can tell.
    var disk: (size: Int, free: Int)? {
        let values = try? FileManager.default.attributesOfFileSystem(
            forPath: privateFolder.path(percentEncoded: false))
        guard let size = (values?[.systemSize] as? NSNumber)?.int64Value,
            let free = (values?[.systemFreeSize] as? NSNumber)?.int64Value
        else { return nil }
        return (Int(size), Int(free))
    }

    /// How much room is left on that disk; ample where nobody can tell.
    func headroom(_ bounds: DiskBounds) -> DiskHeadroom {
        disk.map { bounds.headroom(bytesLeft: $0.free) } ?? .ample
    }
}
